/** The list of messages of a channel or thread: read, drawn by difference, scrolled, spoken. */
import { act, read } from './api.js';
import { dayLabel, isoDay } from './dates.js';
import { arrowKeys, fill, h } from './dom.js';
import { pickEmoji } from './emojis.js';
import { holds } from './float.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { authorOf, messageItem, wordsIn } from './message.js';
import { MessageBar } from './messagebar.js';
import { reader } from './reader.js';
import { doing, go, store } from './store.js';
import { Surface } from './surface.js';
import { announce } from './toast.js';

const GROUP_SECONDS = 300;
const NEAR_BOTTOM = 80;

export class MessageList {
  /** `intro`: what stands above the first message. */
  constructor({ channel, thread = null, intro = null, label }) {
    Object.assign(this, { channel, thread, intro, label });
    this.messages = null;
    this.items = new Map();
    this.surfaces = new Map();
    this.unreadFrom = null;
    this.editing = null;
    this.list = h('ol.message-list', {
      'aria-label': label,
      'onkeydown': (event) => this.key(event),
      'onfocusin': (event) => this.focused(event),
    });
    this.newer = h(
      'button.newer',
      { type: 'button', hidden: true, onclick: () => this.toBottom() },
      icon('down', 16),
      t('Newest'),
    );
    this.scroll = h('div.message-scroll', { onscroll: () => this.scrolled() }, this.list);
    this.node = h('div.messages', {}, this.scroll, this.newer);
    this.rests = true;
    const sizes = new ResizeObserver(() => this.rests && this.follow());
    [this.scroll, this.list].forEach((node) => sizes.observe(node));
    this.bar = new MessageBar(this);
    this.actions = {
      thread: (ts) => go({ channel: this.channel, thread: ts }),
      react: (message, name, on) => doing('react', { channel: this.channel, ts: message.ts, name, on }),
      pick: (message, anchor) =>
        pickEmoji(anchor, (name) =>
          doing('react', { channel: this.channel, ts: message.ts, name, on: true }),
        ),
      dismiss: (message) => doing('delete', { channel: this.channel, ts: message.ts }),
    };
  }

  /** Reads again what is shown, older pages too. */
  async load() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const first = await this.page();
    if (turn !== this.turn) return undefined;
    if (first.ok === false) return this.fail(first.error);
    let { messages, has_more: more } = first;
    const oldest = this.messages?.[0]?.ts;
    while (more && oldest && messages[0]?.ts > oldest) {
      const page = await this.page(messages[0].ts);
      if (page.ok === false || !page.messages.length) break;
      messages = [...page.messages, ...messages];
      more = page.has_more;
    }
    return turn === this.turn ? this.show(messages, more) : undefined;
  }

  page(before) {
    return read('messages', { channel: this.channel, thread: this.thread, before });
  }

  fail(sentence) {
    fill(this.list, h('li.list-note', { role: 'alert' }, sentence));
  }

  show(messages, more) {
    const known = this.messages;
    const atBottom = this.isAtBottom();
    this.more = more;
    this.messages = messages;
    if (!known) this.markUnread();
    this.draw();
    if (!known) this.firstLook();
    else if (this.addedMine(known)) this.toBottom();
    else if (atBottom) this.follow();
    this.speak(known);
    this.scrolled();
    this.markRead();
  }

  markUnread() {
    const unread = this.thread
      ? 0
      : (store.workspace.channels.find((one) => one.id === this.channel)?.unread ?? 0);
    const others = this.messages.filter((message) => message.user !== store.as && !message.ephemeral);
    this.unreadFrom = unread ? others[Math.max(0, others.length - unread)]?.ts : null;
  }

  firstLook() {
    const wanted = store.place.message && this.items.get(store.place.message)?.node;
    const unread = !this.fromNewest && this.items.get(this.unreadFrom)?.node;
    this.toBottom();
    if (wanted) {
      wanted.scrollIntoView({ block: 'center' });
      wanted.classList.add('message-found');
    } else if (unread && unread.getBoundingClientRect().top < this.scroll.getBoundingClientRect().top) {
      unread.scrollIntoView({ block: 'center' });
    }
  }

  /** Items whose message did not change keep their node, so that focus and what was typed stay. */
  draw() {
    const focused = document.activeElement?.closest?.('li.message')?.dataset.ts;
    const hadFocus = focused && this.list.contains(document.activeElement);
    const next = new Map();
    const rows = this.more ? [h('li.list-note', {}, t('Loading older messages…'))] : [this.intro?.()];
    this.messages.forEach((message, at) => {
      const before = this.messages[at - 1];
      const newDay = !before || isoDay(Number(before.ts)) !== isoDay(Number(message.ts));
      if (newDay && !this.thread)
        rows.push(h('li.day', { role: 'presentation' }, h('span', {}, dayLabel(Number(message.ts)))));
      const isFirstUnread = message.ts === this.unreadFrom;
      if (isFirstUnread) rows.push(h('li.new-mark', {}, h('span', {}, t('New'))));
      const item = this.item(message, { grouped: !newDay && !isFirstUnread && groups(before, message) });
      next.set(message.ts, item);
      rows.push(item.node);
      if (this.thread && at === 0 && this.messages.length > 1)
        rows.push(
          h(
            'li.day',
            { role: 'presentation' },
            h('span', {}, tn('{n} reply', '{n} replies', this.messages.length - 1)),
          ),
        );
    });
    this.items = next;
    place(this.list, rows.filter(Boolean));
    this.rove();
    if (hadFocus && !this.list.contains(document.activeElement)) this.items.get(focused)?.node.focus();
  }

  item(message, { grouped }) {
    const old = this.items.get(message.ts);
    if (old && this.editing === message.ts) return old;
    const signature = JSON.stringify([message, grouped, isoDay(reader.now() / 1000)]);
    if (old?.signature === signature) return old;
    const surface = this.surface(message);
    surface.begin();
    return {
      signature,
      message,
      node: messageItem(message, { grouped, inThread: Boolean(this.thread), surface, actions: this.actions }),
    };
  }

  surface(message) {
    if (!this.surfaces.has(message.ts)) {
      const container = {
        type: 'message',
        channel: this.channel,
        ts: message.ts,
        ...(message.ephemeral ? { ephemeral: true } : {}),
      };
      this.surfaces.set(
        message.ts,
        new Surface(container, {
          act: (request) => doing('click', request),
          suggest: (request) => act('suggest', request),
        }),
      );
    }
    return this.surfaces.get(message.ts);
  }

  /** Draws one item anew: after editing. */
  redraw(ts) {
    this.items.delete(ts);
    this.draw();
  }

  addedMine(known) {
    const last = this.messages[this.messages.length - 1];
    return last && last.user === store.as && last.ts > (known[known.length - 1]?.ts ?? '');
  }

  speak(known) {
    if (!known) return;
    const last = known[known.length - 1]?.ts ?? '';
    const fresh = this.messages.filter((message) => message.ts > last && message.user !== store.as);
    if (fresh.length)
      announce(fresh.map((message) => `${authorOf(message).name}: ${wordsIn(message)}`).join('. '));
  }

  isAtBottom() {
    return this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_BOTTOM;
  }

  /** Goes along with what is new, unless somebody is choosing from a menu here. */
  follow() {
    if (holds(this.list)) this.scrolled();
    else this.toBottom();
  }

  /** Also where an older one is unread. */
  newest() {
    this.fromNewest = true;
    if (this.messages) this.toBottom();
  }

  toBottom() {
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.scrolled();
  }

  scrolled() {
    this.rests = this.isAtBottom();
    this.newer.hidden = this.rests;
    if (this.scroll.scrollTop < 200 && this.more && !this.paging) this.older();
    if (this.rests) this.markRead();
  }

  async older() {
    this.paging = true;
    const page = await this.page(this.messages[0]?.ts);
    if (page.ok !== false) {
      const height = this.scroll.scrollHeight;
      this.messages = [...page.messages, ...this.messages];
      this.more = page.has_more && page.messages.length > 0;
      this.draw();
      this.scroll.scrollTop += this.scroll.scrollHeight - height;
    }
    this.paging = false;
  }

  /** Tells the server what has been seen: the bottom of a channel, in a window that is looked at. */
  markRead() {
    const last = this.messages?.findLast((message) => !message.ephemeral)?.ts;
    if (this.thread || !last || last === this.readTo || document.hidden || !this.isAtBottom()) return;
    this.readTo = last;
    act('read', { channel: this.channel, ts: last });
  }

  /** One tab stop for the whole list: the item that was last in focus, or the newest. */
  rove(node = [...this.items.values()].at(-1)?.node) {
    for (const item of this.items.values()) item.node.tabIndex = item.node === node ? 0 : -1;
  }

  focused(event) {
    const node = event.target.closest('li.message');
    if (node) this.rove(node);
  }

  key(event) {
    const node = event.target;
    if (!node.matches('li.message')) return;
    const nodes = [...this.items.values()].map((item) => item.node);
    if (arrowKeys(event, nodes)) return;
    const message = this.items.get(node.dataset.ts).message;
    if (this.bar.key(event.key, message, node)) event.preventDefault();
  }
}

function groups(before, message) {
  if (!before || before.subtype === 'tombstone' || message.subtype === 'thread_broadcast') return false;
  if (
    Boolean(before.ephemeral) !== Boolean(message.ephemeral) ||
    (before.thread_ts !== message.thread_ts && message.thread_ts === message.ts)
  )
    return false;
  const same =
    before.user === message.user && before.bot_id === message.bot_id && before.username === message.username;
  return same && before.subtype === message.subtype && Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
}

/** Puts `rows` into `list` in this order, moving as little as possible. */
function place(list, rows) {
  const wanted = new Set(rows);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  rows.forEach((row, at) => {
    if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  });
}
