/** The middle of the page: a conversation with its head, an app with its tabs, and the thread beside it. */
import { avatar } from './avatars.js';
import { ofCompany } from './company.js';
import { Composer } from './composer.js';
import { confirmed } from './dialog.js';
import { arrowKeys, fill, h } from './dom.js';
import { HomeTab } from './home.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { MessageList } from './messages.js';
import { botOf, channel, doing, go, loadWorkspace, nameOf, on, person, store } from './store.js';
import { plain } from './text.js';

/** The icon of a conversation: an avatar for people, a sign for channels. */
export function faceOf(conversation, size = 20) {
  const peer = conversation.kind === 'im' && person(conversation.peer);
  if (peer) return avatar(peer, size);
  return icon(
    conversation.kind === 'mpim' ? 'people' : conversation.kind === 'private' ? 'lock' : 'hash',
    size - 2,
  );
}

export class Conversation {
  constructor({ onmenu }) {
    this.onmenu = onmenu;
    this.node = h('main.conversation', { id: 'conversation', tabindex: -1 });
    on('place', () => this.show());
    on('workspace', () => (this.shown ? this.refreshHead() : this.show()));
    on('channel', (id) => id === this.shown?.channel && this.list?.load());
    on('home', () => this.home?.load());
  }

  show() {
    const { place } = store;
    const conversation = channel(place.channel);
    if (!conversation) return this.nothing();
    const bot = botOf(conversation);
    const isMessage = place.thread || place.message;
    const tab = bot?.has_home && !isMessage ? (place.tab ?? 'home') : 'messages';
    const same =
      this.shown?.channel === place.channel && this.shown.tab === tab && this.shown.message === place.message;
    if (!same) this.build(conversation, bot, tab);
    return this.refreshHead();
  }

  nothing() {
    this.shown = null;
    fill(
      this.node,
      (this.head = h('header.head', {})),
      h('p.empty', {}, t('Choose a conversation on the left.')),
    );
    this.refreshHead();
  }

  build(conversation, bot, tab) {
    this.shown = { channel: conversation.id, tab, message: store.place.message };
    this.list = null;
    this.home = null;
    this.head = h('header.head', {});
    if (tab === 'home') {
      this.home = new HomeTab(bot);
      fill(this.node, this.head, this.home.node);
      doing('home', { bot: bot.user_id }).then(() => this.home?.load());
      return;
    }
    const name = nameOf(conversation);
    const label = conversation.kind === 'im' || conversation.kind === 'mpim' ? name : `#${name}`;
    this.list = new MessageList({
      channel: conversation.id,
      label: t('Messages in {name}', { name: label }),
      intro: () => introduction(conversation),
    });
    this.foot = h('div.foot', {});
    this.footKey = null;
    fill(this.node, this.head, this.list.node, this.foot);
    this.list.load();
  }

  refreshHead() {
    const conversation = channel(this.shown?.channel);
    const open = h(
      'button.icon-button.head-menu',
      { 'type': 'button', 'aria-label': t('Conversations'), 'onclick': this.onmenu },
      icon('menu'),
    );
    if (!conversation) return this.head && fill(this.head, open);
    document.title = titleOf(conversation);
    const bot = botOf(conversation);
    fill(
      this.head,
      open,
      faceOf(conversation, 26),
      h('div.head-words', {}, h('h1', {}, nameOf(conversation)), facts(conversation)),
      bot?.has_home ? this.tabs() : null,
      leaveButton(conversation),
    );
    return this.refreshFoot(conversation);
  }

  tabs() {
    const tab = (name, label) =>
      h(
        'button.tab',
        {
          'type': 'button',
          'role': 'tab',
          'aria-selected': String(this.shown.tab === name),
          'onclick': () => go({ channel: this.shown.channel, tab: name }),
        },
        label,
      );
    return h(
      'div.tabs',
      { 'role': 'tablist', 'aria-label': t('App') },
      tab('home', t('Home')),
      tab('messages', t('Messages')),
    );
  }

  refreshFoot(conversation) {
    if (!this.list) return;
    const key = `${conversation.id}/${conversation.is_member}/${JSON.stringify(conversation.prompts)}`;
    if (key === this.footKey) return;
    this.footKey = key;
    if (!conversation.is_member) {
      const join = async () => {
        if ((await doing('join', { channel: conversation.id })).ok !== false) await loadWorkspace();
      };
      fill(
        this.foot,
        h(
          'div.join',
          {},
          h('span', {}, t('You are looking at #{name}.', { name: conversation.name })),
          h('button.button.button-primary', { type: 'button', onclick: join }, t('Join the channel')),
        ),
      );
      return;
    }
    const to = ['im', 'mpim'].includes(conversation.kind) ? nameOf(conversation) : `#${conversation.name}`;
    this.composer = new Composer({
      channel: conversation.id,
      placeholder: t('Write to {name}', { name: to }),
    });
    this.composer.onup = (event) => this.editLast(event);
    fill(this.foot, this.prompts(conversation), this.composer.node);
    if (matchMedia('(pointer: fine)').matches) this.composer.input.focus();
  }

  /** What an agent suggests to begin with. */
  prompts({ id, prompts = [] }) {
    const begin = (text) => () => doing('say', { channel: id, text });
    const chip = ({ title, message }) =>
      h('button.button.button-small', { type: 'button', onclick: begin(message) }, title);
    return prompts.length > 0 && h('div.prompts', {}, prompts.map(chip));
  }

  /** Puts a text into the field, in the first channel of one's own where none is open. */
  write(text) {
    if (!this.list || !channel(this.shown?.channel)?.is_member) {
      const first = store.workspace.channels.find((one) => one.is_member && one.kind === 'public');
      if (!first) return;
      go({ channel: first.id });
    }
    this.composer.write(text);
  }

  newest() {
    this.list?.newest();
  }

  editLast(event) {
    const mine = this.list.messages?.findLast((message) => message.user === store.as && !message.ephemeral);
    const item = mine && this.list.items.get(mine.ts);
    if (!item) return;
    event.preventDefault();
    this.list.bar.edit(mine, item.node);
  }
}

/** The window's title: how much waits for this person, where they are. */
function titleOf(conversation) {
  const direct = (one) => ['im', 'mpim'].includes(one.kind);
  const waiting = store.workspace.channels.reduce(
    (sum, one) => sum + (direct(one) ? one.unread : one.mentions),
    0,
  );
  return `${waiting ? `(${waiting}) ` : ''}${nameOf(conversation)} · ${store.workspace.team.name}`;
}

function facts(conversation) {
  const peer = person(conversation.peer);
  if (peer)
    return h(
      'p.head-facts',
      {},
      [ofCompany(peer.title), peer.status_emoji && [...plain(peer.status_emoji), ' ', peer.status_text]]
        .filter(Boolean)
        .flatMap((fact, at) => (at ? [' · ', fact] : [fact])),
    );
  const members = conversation.members?.length;
  const outside =
    conversation.shared &&
    h('span.badge.badge-shared', {}, icon('shared', 12), t('shared with another company'));
  return h(
    'p.head-facts',
    {},
    members ? h('span', {}, tn('{n} member', '{n} members', members)) : null,
    conversation.topic && h('span', {}, plain(ofCompany(conversation.topic))),
    outside,
  );
}

function leaveButton(conversation) {
  if (!['public', 'private'].includes(conversation.kind) || !conversation.is_member) return null;
  const leave = async () => {
    const question = {
      title: t('Leave #{name}?', { name: conversation.name }),
      text:
        conversation.kind === 'private'
          ? t('You can only come back when somebody invites you.')
          : t('You can join again whenever you like.'),
      confirm: t('Leave'),
      deny: t('Stay'),
    };
    if (!(await confirmed(question)) || (await doing('leave', { channel: conversation.id })).ok === false)
      return;
    await loadWorkspace();
    if (!channel(conversation.id))
      go({ channel: store.workspace.channels.find((one) => one.is_member)?.id ?? null });
  };
  return h('button.button.button-small.head-leave', { type: 'button', onclick: leave }, t('Leave'));
}

function introduction(conversation) {
  const name = nameOf(conversation);
  const sentence =
    conversation.kind === 'im' || conversation.kind === 'mpim'
      ? t('This is the beginning of your conversation with {name}.', { name })
      : t('This is the beginning of #{name}.', { name });
  return h('li.introduction', {}, faceOf(conversation, 44), h('h2', {}, name), h('p', {}, sentence));
}

/** The thread beside the conversation. */
export class ThreadPane {
  constructor() {
    this.node = h('aside.thread', { 'aria-label': t('Thread'), 'hidden': true });
    on('place', () => this.show());
    on('thread', (key) => key === this.key && this.list.load());
    on('channel', (id) => this.key?.startsWith(`${id}:`) && this.list.load());
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.node.contains(event.target) && !event.defaultPrevented) this.close();
    });
  }

  show() {
    const { channel: id, thread } = store.place;
    const key = thread ? `${id}:${thread}` : null;
    if (key === this.key) return;
    this.key = key;
    this.node.hidden = !key;
    document.body.classList.toggle('with-thread', Boolean(key));
    if (!key) {
      fill(this.node);
      return;
    }
    const conversation = channel(id);
    const name = nameOf(conversation);
    const close = h(
      'button.icon-button',
      { 'type': 'button', 'aria-label': t('Close the thread'), 'onclick': () => this.close() },
      icon('close'),
    );
    const head = h(
      'header.head',
      {},
      h(
        'div.head-words',
        {},
        h('h2', {}, t('Thread')),
        h('p.head-facts', {}, ['im', 'mpim'].includes(conversation.kind) ? name : `#${name}`),
      ),
      close,
    );
    this.list = new MessageList({ channel: id, thread, label: t('Thread') });
    this.composer = conversation.is_member
      ? new Composer({ channel: id, thread, placeholder: t('Reply…') })
      : null;
    fill(this.node, head, this.list.node, this.composer && h('div.foot', {}, this.composer.node));
    this.list.load();
    this.composer?.input.focus();
  }

  close() {
    go({ channel: store.place.channel, tab: store.place.tab });
    document.querySelector('.conversation .composer-input')?.focus();
  }
}
