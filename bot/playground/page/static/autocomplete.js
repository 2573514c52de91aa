/** What a text field offers while one types: /commands, @people, #channels and :emoji:. */
import { avatar } from './avatars.js';
import { ofCompany } from './company.js';
import { fill, h, uid } from './dom.js';
import { emojiFor } from './emojis.js';
import { float } from './float.js';
import { finds, fold } from './folding.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { store } from './store.js';

const MOST = 8;

/** What is being typed before the cursor: [pattern, offers(text) -> [{insert, face, label, hint}]]. */
const SOURCES = [
  [/^(\/[^\s]*)$/, commands],
  [/(?:^|[\s(])(@[\p{L}\p{N}_.-]*)$/u, people],
  [/(?:^|[\s(])(#[\p{L}\p{N}_-]*)$/u, channels],
  [/(?:^|[\s(])(:[a-z0-9_+-]{2,})$/i, emoji],
];

function commands(typed) {
  const wanted = fold(typed.slice(1));
  const known = store.workspace.commands.filter((one) => fold(one.command).slice(1).startsWith(wanted));
  return known.map((one) => ({
    insert: `${one.command} `,
    face: h('span.slash', {}, '/'),
    label: one.command,
    usage: one.usage_hint,
    hint: one.description,
  }));
}

function people(typed) {
  const wanted = typed.slice(1);
  const found = store.workspace.people.filter(
    (one) =>
      one.id !== store.as &&
      !one.deleted &&
      (finds(wanted, one.name) || fold(one.handle).startsWith(fold(wanted))),
  );
  const everybody = ['here', 'channel'].filter((name) => wanted && name.startsWith(fold(wanted)));
  return [
    ...found.map((one) => ({
      insert: `@${one.handle} `,
      face: avatar(one, 24),
      label: one.name,
      usage: `@${one.handle}`,
      hint: ofCompany(one.title),
    })),
    ...everybody.map((name) => ({
      insert: `@${name} `,
      face: icon('people'),
      label: `@${name}`,
      hint: t('Everybody in this conversation'),
    })),
  ];
}

function channels(typed) {
  const found = store.workspace.channels.filter(
    (one) => ['public', 'private'].includes(one.kind) && finds(typed.slice(1), one.name),
  );
  return found.map((one) => ({
    insert: `#${one.name} `,
    face: icon(one.kind === 'private' ? 'lock' : 'hash'),
    label: one.name,
    hint: ofCompany(one.topic),
  }));
}

function emoji(typed) {
  return emojiFor(typed.slice(1)).map(([name, sign]) => ({
    insert: `:${name}: `,
    face: h('span.emoji', {}, sign),
    label: `:${name}:`,
  }));
}

/** Offers beside `anchor` while `input` is typed in; ask `key(event)` first on each key: true when it was used. */
export function completing(input, anchor) {
  const completion = new Completion(input, anchor);
  return { key: (event) => completion.key(event), refresh: () => completion.refresh() };
}

class Completion {
  constructor(input, anchor) {
    Object.assign(this, { input, anchor, offers: [], active: 0, listId: uid() });
    input.setAttribute('aria-autocomplete', 'list');
    input.addEventListener('input', () => this.refresh());
    input.addEventListener('click', () => this.refresh());
    input.addEventListener('blur', () => this.close());
  }

  refresh() {
    const before = this.input.value.slice(0, this.input.selectionStart);
    for (const [pattern, source] of SOURCES) {
      const match = before.match(pattern);
      const offers = match ? source(match[1]).slice(0, MOST) : [];
      if (offers.length) return this.show(offers, match[1]);
    }
    return this.close();
  }

  show(offers, typed) {
    Object.assign(this, { offers, typed, active: 0 });
    if (!this.handle) {
      this.list = h('div.listbox.completions', {
        'role': 'listbox',
        'id': this.listId,
        'aria-label': t('Suggestions'),
      });
      this.list.addEventListener('pointerdown', (event) => event.preventDefault());
      this.handle = float(this.anchor, this.list, { onclose: () => this.closed() });
      this.input.setAttribute('aria-controls', this.listId);
    }
    fill(
      this.list,
      offers.map((offer, at) => this.row(offer, at)),
    );
    this.handle.place();
    this.point(0);
  }

  row(offer, at) {
    const words = h('span.option-label', {}, offer.label, offer.usage && h('small', {}, ` ${offer.usage}`));
    return h(
      'div.option',
      {
        role: 'option',
        id: `${this.listId}-${at}`,
        onclick: () => this.take(at),
        onpointermove: () => this.point(at),
      },
      h('span.option-face', {}, offer.face),
      words,
      offer.hint && h('span.option-description', {}, offer.hint),
    );
  }

  point(at) {
    this.active = at;
    [...this.list.children].forEach((row, index) => {
      row.classList.toggle('active', index === at);
      row.setAttribute('aria-selected', String(index === at));
    });
    this.input.setAttribute('aria-activedescendant', `${this.listId}-${at}`);
  }

  close() {
    this.handle?.close();
  }

  closed() {
    this.handle = null;
    this.input.removeAttribute('aria-activedescendant');
    this.input.removeAttribute('aria-controls');
  }

  take(at) {
    const end = this.input.selectionStart;
    this.input.setRangeText(this.offers[at].insert, end - this.typed.length, end, 'end');
    this.close();
    this.input.focus();
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  key(event) {
    if (!this.handle) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const exact = this.offers[this.active]?.insert.trim() === this.typed;
    if (step) this.point((this.active + step + this.offers.length) % this.offers.length);
    else if (event.key === 'Enter' && !event.shiftKey && exact && this.typed.startsWith('/'))
      return this.close() ?? false;
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) this.take(this.active);
    else return false;
    event.preventDefault();
    return true;
  }
}
