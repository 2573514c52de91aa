/** What can be done with a message: one small bar that follows the pointer or the focus, and keys. */
import { confirmed } from './dialog.js';
import { h } from './dom.js';
import { EditBox } from './editbox.js';
import { pickEmoji } from './emojis.js';
import { menu } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { emoji } from './text.js';
import { reader } from './reader.js';
import { addressOf, doing, store } from './store.js';
import { toast } from './toast.js';

const QUICK = ['white_check_mark', 'eyes', 'ticket'];

export class MessageBar {
  constructor(list) {
    this.list = list;
    this.node = h('div.message-bar', { 'role': 'toolbar', 'aria-label': t('Message') });
    list.list.addEventListener('pointerover', (event) => this.follow(event.target.closest('li.message')));
    list.list.addEventListener('focusin', (event) => this.follow(event.target.closest('li.message')));
    list.node.addEventListener('pointerleave', () => this.hide());
  }

  follow(item) {
    if (!item || this.open || item === this.node.parentElement) return;
    const message = this.list.items.get(item.dataset.ts)?.message;
    if (!message || message.ephemeral || message.subtype === 'tombstone') return this.hide();
    this.node.replaceChildren(...this.buttons(message, item));
    item.append(this.node);
    return undefined;
  }

  hide() {
    if (!this.open && !this.node.contains(document.activeElement)) this.node.remove();
  }

  buttons(message, item) {
    const { actions, thread } = this.list;
    const button = (name, label, onclick) =>
      h(
        'button.icon-button',
        { 'type': 'button', 'title': label, 'aria-label': label, onclick },
        typeof name === 'string' ? icon(name) : name,
      );
    const quick = QUICK.filter(reader.emoji)
      .slice(0, 2)
      .map((name) =>
        button(emoji(name), t('React with {name}', { name: `:${name}:` }), () => this.react(message, name)),
      );
    return [
      ...quick,
      button('smile', t('Add a reaction'), (event) => this.pick(message, event.currentTarget)),
      !thread && button('reply', t('Reply in thread'), () => actions.thread(message.thread_ts ?? message.ts)),
      button('dots', t('More actions'), (event) => this.more(message, event.currentTarget, item)),
    ].filter(Boolean);
  }

  react(message, name) {
    const mine = message.reactions?.find((one) => one.name === name)?.users.includes(store.as);
    this.list.actions.react(message, name, !mine);
  }

  pick(message, anchor) {
    this.open = true;
    pickEmoji(
      anchor,
      (name) => this.react(message, name),
      () => {
        this.open = false;
      },
    );
  }

  more(message, anchor, item) {
    this.open = true;
    const mine = message.user === store.as && !message.bot_id;
    const shortcuts = store.workspace.shortcuts.filter((one) => one.type === 'message');
    const run = (shortcut) =>
      doing('shortcut', { callback_id: shortcut.callback_id, channel: this.list.channel, ts: message.ts });
    const items = [
      ...(shortcuts.length ? [{ heading: t('Apps') }] : []),
      ...shortcuts.map((shortcut) => ({ label: shortcut.name, icon: 'bolt', onselect: () => run(shortcut) })),
      { heading: t('Message') },
      { label: t('Copy link'), icon: 'link', onselect: () => this.copy(message) },
      mine && { label: t('Edit'), icon: 'pencil', hint: 'E', onselect: () => this.edit(message, item) },
      (mine || store.workspace.me.is_admin) && {
        label: t('Delete…'),
        icon: 'trash',
        danger: true,
        onselect: () => this.remove(message),
      },
    ];
    menu(anchor, items, {
      label: t('More actions'),
      end: true,
      onclose: () => {
        this.open = false;
      },
    });
  }

  async copy(message) {
    const address =
      location.origin +
      addressOf(null, { channel: this.list.channel, thread: this.list.thread, message: message.ts });
    await navigator.clipboard.writeText(address);
    toast(t('The link is copied.'));
  }

  edit(message, item) {
    this.node.remove();
    this.list.editing = message.ts;
    const box = new EditBox(message, {
      save: (text) => doing('edit', { channel: this.list.channel, ts: message.ts, text }),
      done: () => {
        this.list.editing = null;
        this.list.redraw(message.ts);
        this.list.items.get(message.ts)?.node.focus();
      },
    });
    item.querySelector('.message-content').replaceWith(box.node);
    box.input.focus();
  }

  async remove(message) {
    const question = {
      title: t('Delete this message?'),
      text: t('Nobody will be able to read it again.'),
      confirm: t('Delete'),
      deny: t('Cancel'),
      style: 'danger',
    };
    if (await confirmed(question)) doing('delete', { channel: this.list.channel, ts: message.ts });
  }

  /** A key pressed on a focused message; true when it meant something. */
  key(key, message, item) {
    if (message.ephemeral || message.subtype === 'tombstone') return false;
    this.follow(item);
    const mine = message.user === store.as && !message.bot_id;
    const does = {
      t: () => !this.list.thread && this.list.actions.thread(message.thread_ts ?? message.ts),
      r: () => this.pick(message, item),
      m: () => this.more(message, item, item),
      e: () => mine && this.edit(message, item),
    };
    does.Enter = does.t;
    if (!(key in does)) return false;
    does[key]();
    return true;
  }
}
