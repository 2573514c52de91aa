/** A field that chooses one or several of a list, by typing or by arrow keys. */
import { debounce, fill, h, uid } from './dom.js';
import { float } from './float.js';
import { finds } from './folding.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';

/**
 * `choices`: [{value, label, face?, description?, group?}], or `load(query)` promising them.
 * `selected`: choices chosen now. `onchange(choices)` may return false to refuse.
 */
export function combobox(options) {
  const combo = new Combobox(options);
  return { node: combo.node, focus: () => combo.input.focus(), input: combo.input };
}

class Combobox {
  constructor({
    choices = [],
    load = null,
    least = 0,
    selected = [],
    multiple = false,
    most = null,
    clearable = false,
    placeholder = '',
    label = '',
    onchange,
    id,
  }) {
    Object.assign(this, { choices, load, least, selected, multiple, most, clearable, placeholder, onchange });
    this.listId = uid();
    this.active = -1;
    this.shown = [];
    this.query = '';
    this.fetchSoon = debounce(() => this.fetch(), 250);
    this.build(label, id);
    this.paint();
  }

  build(label, id) {
    this.input = h('input.combo-input', {
      'type': 'text',
      'role': 'combobox',
      'autocomplete': 'off',
      'spellcheck': 'false',
      id,
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': this.listId,
      'aria-label': id ? null : label,
      'onkeydown': (event) => this.key(event),
      'oninput': () => this.typed(),
      'onblur': () => setTimeout(() => this.left(), 0),
    });
    this.clear = h(
      'button.combo-clear',
      { 'type': 'button', 'aria-label': t('Clear'), 'onclick': () => this.change([]) },
      icon('close', 14),
    );
    this.chips = h('span.combo-chips', {});
    this.node = h(
      'div.combo',
      { onclick: (event) => this.clicked(event) },
      this.chips,
      this.input,
      this.clear,
      h('span.combo-arrow', {}, icon('chevron', 16)),
    );
  }

  paint() {
    const one = this.multiple ? null : this.selected[0];
    if (document.activeElement !== this.input || !this.handle) this.input.value = one?.label ?? '';
    this.input.placeholder = this.multiple && this.selected.length ? '' : this.placeholder;
    fill(this.chips, this.multiple ? this.selected.map((choice) => this.chip(choice)) : null);
    this.clear.hidden = !(this.clearable && this.selected.length);
  }

  chip(choice) {
    const remove = (event) => {
      event.stopPropagation();
      this.change(this.selected.filter((one) => one !== choice));
      this.input.focus();
    };
    return h(
      'span.chip',
      {},
      choice.label,
      h(
        'button',
        { 'type': 'button', 'aria-label': t('Remove {name}', { name: choice.label }), 'onclick': remove },
        icon('close', 12),
      ),
    );
  }

  clicked(event) {
    if (event.target.closest('button')) return;
    this.input.focus();
    if (!this.handle) this.open();
    if (!this.multiple) this.input.select();
  }

  open() {
    if (this.handle) return;
    this.query = '';
    this.list = h('div.listbox', {
      'role': 'listbox',
      'id': this.listId,
      'aria-multiselectable': this.multiple ? 'true' : null,
    });
    this.handle = float(this.node, this.list, { match: true, onclose: () => this.closed() });
    this.input.setAttribute('aria-expanded', 'true');
    this.list.addEventListener('pointerdown', (event) => event.preventDefault());
    this.find();
  }

  closed() {
    this.handle = null;
    this.fetchSoon.cancel();
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
    this.paint();
    if (!this.multiple) this.input.value = this.selected[0]?.label ?? '';
    else this.input.value = '';
  }

  left() {
    if (document.activeElement !== this.input) this.handle?.close();
  }

  typed() {
    if (!this.handle) this.open();
    this.query = this.input.value;
    this.find();
  }

  find() {
    if (!this.load) return this.offer(this.choices.filter((choice) => finds(this.query, choice.label)));
    if (this.query.trim().length < this.least) {
      return this.say(tn('Type at least {n} letter.', 'Type at least {n} letters.', this.least));
    }
    this.say(t('Searching…'));
    return this.fetchSoon();
  }

  async fetch() {
    const asked = this.query;
    const found = await this.load(asked.trim());
    if (!this.handle || asked !== this.query) return;
    if (found === null) this.say(t('The app did not answer.'));
    else this.offer(found);
  }

  say(sentence) {
    this.shown = [];
    fill(this.list, h('div.listbox-note', { role: 'status' }, sentence));
    this.handle.place();
  }

  offer(choices) {
    if (!choices.length) return this.say(t('Nothing found.'));
    this.shown = choices;
    let group = null;
    const rows = choices.flatMap((choice, at) => {
      const head =
        choice.group && choice.group !== group
          ? h('div.listbox-group', { role: 'presentation' }, choice.group)
          : null;
      group = choice.group;
      return [head, this.row(choice, at)];
    });
    fill(this.list, rows);
    this.handle.place();
    const chosen = choices.findIndex((choice) => this.isSelected(choice));
    return this.point(this.query || chosen < 0 ? 0 : chosen);
  }

  isSelected(choice) {
    return this.selected.some((one) => one.value === choice.value);
  }

  row(choice, at) {
    const face = [
      choice.face,
      h('span.option-label', {}, choice.label),
      choice.description && h('span.option-description', {}, choice.description),
    ];
    const attributes = {
      'role': 'option',
      'id': `${this.listId}-${at}`,
      'aria-selected': String(this.isSelected(choice)),
    };
    const row = h(
      'div.option',
      { ...attributes, onclick: () => this.choose(choice), onpointermove: () => this.point(at, false) },
      face,
    );
    if (this.isSelected(choice)) row.append(icon('check', 16));
    return row;
  }

  point(at, scroll = true) {
    this.active = at;
    const rows = this.list.querySelectorAll('.option');
    rows.forEach((row, index) => row.classList.toggle('active', index === at));
    if (!rows[at]) return;
    this.input.setAttribute('aria-activedescendant', rows[at].id);
    if (scroll) rows[at].scrollIntoView({ block: 'nearest' });
  }

  choose(choice) {
    if (!this.multiple) {
      this.handle?.close();
      this.change([choice]);
      return;
    }
    const without = this.selected.filter((one) => one.value !== choice.value);
    if (without.length === this.selected.length && this.most && this.selected.length >= this.most) {
      this.say(tn('You can choose {n}.', 'You can choose up to {n}.', this.most));
      return;
    }
    this.change(without.length < this.selected.length ? without : [...this.selected, choice]);
    this.input.value = '';
    this.query = '';
    this.find();
  }

  async change(selected) {
    const before = this.selected;
    this.selected = selected;
    this.paint();
    if (!this.multiple) this.input.value = selected[0]?.label ?? '';
    if ((await this.onchange(selected)) === false) {
      this.selected = before;
      this.paint();
    }
  }

  key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.handle) return this.open();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (this.shown.length) this.point((this.active + step + this.shown.length) % this.shown.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      if (!this.handle) this.open();
      else if (this.shown[this.active]) this.choose(this.shown[this.active]);
    } else if (event.key === 'Backspace' && this.multiple && !this.input.value && this.selected.length) {
      this.change(this.selected.slice(0, -1));
    } else if (event.key === 'Tab') this.handle?.close();
    return undefined;
  }
}
