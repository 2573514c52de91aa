/** The list of conversations: channels, direct messages, apps; what is unread stands out. */
import { chooseChannel, choosePeople } from './choosers.js';
import { faceOf } from './conversation.js';
import { arrowKeys, fill, h } from './dom.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { botOf, go, isBot, nameOf, on, openDirect, person, store } from './store.js';
import { plain } from './text.js';
import { TroublePanel } from './trouble.js';

export class Sidebar {
  constructor({ onchoose }) {
    this.onchoose = onchoose;
    this.lists = h('div.side-lists', { onkeydown: (event) => this.key(event) });
    this.trouble = new TroublePanel();
    this.node = h(
      'nav.sidebar',
      { 'id': 'sidebar', 'aria-label': t('Conversations') },
      this.lists,
      this.trouble.node,
    );
    on('workspace', () => this.draw());
    on('place', () => this.draw());
  }

  draw() {
    const focused = document.activeElement?.dataset?.conversation;
    const { channels } = store.workspace;
    const mine = channels.filter((one) => one.is_member);
    const byName = (a, b) => nameOf(a).localeCompare(nameOf(b), store.workspace.me.locale);
    const rooms = mine.filter((one) => ['public', 'private'].includes(one.kind)).sort(byName);
    const direct = mine
      .filter((one) => ['im', 'mpim'].includes(one.kind) && !botOf(one) && one.peer !== store.as)
      .sort(byName);
    fill(
      this.lists,
      this.section(t('Channels'), rooms, { label: t('Browse channels'), onclick: chooseChannel }),
      this.section(t('Direct messages'), direct, { label: t('New message'), onclick: choosePeople }),
      this.apps(),
    );
    if (focused) this.lists.querySelector(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
  }

  section(title, conversations, add) {
    const plus = h(
      'button.icon-button',
      { 'type': 'button', 'title': add.label, 'aria-label': add.label, 'onclick': add.onclick },
      icon('plus', 16),
    );
    return h(
      'section.side-section',
      {},
      h('div.side-title', {}, h('h2', {}, title), plus),
      h(
        'ul',
        {},
        conversations.map((one) => this.row(one)),
      ),
    );
  }

  apps() {
    const rows = store.workspace.bots
      .filter((bot) => person(bot.user_id))
      .map((bot) => {
        const known = store.workspace.channels.find((one) => one.kind === 'im' && one.peer === bot.user_id);
        return known
          ? this.row(known)
          : this.rowOf({
              id: bot.user_id,
              name: bot.name,
              face: faceOf({ kind: 'im', peer: bot.user_id }),
              onclick: () => openDirect([bot.user_id]),
            });
      });
    return rows.length
      ? h('section.side-section', {}, h('div.side-title', {}, h('h2', {}, t('Apps'))), h('ul', {}, rows))
      : null;
  }

  row(conversation) {
    const peer = person(conversation.peer);
    const direct = ['im', 'mpim'].includes(conversation.kind);
    const marks = [
      peer?.status_emoji && h('span.side-status', { title: peer.status_text }, plain(peer.status_emoji)),
      conversation.shared &&
        h('span.side-shared', { title: t('shared with another company') }, icon('shared', 14)),
    ];
    return this.rowOf({
      id: conversation.id,
      name: nameOf(conversation),
      face: faceOf(conversation),
      marks,
      unread: conversation.unread > 0,
      count: direct ? conversation.unread : conversation.mentions,
      isCurrent: store.place.channel === conversation.id,
      onclick: () =>
        go({
          channel: conversation.id,
          tab: isBot(conversation.peer) && conversation.unread ? 'messages' : null,
        }),
    });
  }

  rowOf({ id, name, face, marks, unread, count, isCurrent, onclick }) {
    const choose = () => {
      onclick();
      this.onchoose();
    };
    const pill =
      count > 0 &&
      h(
        'span.pill',
        {},
        h('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : count),
        h('span.unseen', {}, tn('{n} new message for you', '{n} new messages for you', count)),
      );
    const unseen = unread && !pill && h('span.unseen', {}, t('unread'));
    return h(
      'li',
      {},
      h(
        'button.side-row',
        {
          'type': 'button',
          'dataset': { conversation: id },
          'aria-current': isCurrent ? 'page' : null,
          'class': unread && 'unread',
          'onclick': choose,
        },
        h('span.side-face', {}, face),
        h('span.side-name', {}, name),
        marks,
        pill,
        unseen,
      ),
    );
  }

  key(event) {
    arrowKeys(event, [...this.lists.querySelectorAll('.side-row')]);
  }
}
