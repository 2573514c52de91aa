/** A date field in the reader's words: typed as their country writes it, or chosen in a small calendar. */
import { isoDay } from './dates.js';
import { fill, h } from './dom.js';
import { float } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { reader } from './reader.js';

const DAY = 86400000;
const utc = (iso) => new Date(`${iso}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);
const show = (date, options) =>
  new Intl.DateTimeFormat(reader.locale, { timeZone: 'UTC', ...options }).format(date);
const later = (date, days) => new Date(date.getTime() + days * DAY);

/** The day as the reader reads it: '3 gru 2026'. */
export const dayInWords = (day) =>
  day ? show(utc(day), { day: 'numeric', month: 'short', year: 'numeric' }) : '';

/** A typed date as YYYY-MM-DD, in the order of the reader's locale; null when it is none. */
export function typedDay(text) {
  const numbers = text.match(/\d+/g)?.map(Number) ?? [];
  if (numbers.length !== 3) return null;
  const yearFirst = String(numbers[0]).length === 4;
  const parts = new Intl.DateTimeFormat(reader.locale)
    .formatToParts(new Date())
    .filter((part) => part.type !== 'literal');
  const order = yearFirst ? ['year', 'month', 'day'] : parts.map((part) => part.type);
  const named = Object.fromEntries(order.map((name, at) => [name, numbers[at]]));
  const year = named.year < 100 ? 2000 + named.year : named.year;
  const date = new Date(Date.UTC(year, named.month - 1, named.day));
  const isReal =
    date.getUTCMonth() === named.month - 1 && date.getUTCDate() === named.day && year >= 1000 && year <= 9999;
  return isReal ? iso(date) : null;
}

function firstWeekday() {
  const locale = new Intl.Locale(reader.locale);
  return (locale.getWeekInfo?.() ?? locale.weekInfo ?? { firstDay: 1 }).firstDay % 7;
}

/** A date field: {node, input, get value()}. `onpick(day or null)` when it was changed. */
export function dateField({ value, id, label, placeholder, onpick }) {
  let day = value || null;
  let handle = null;
  const input = h('input.input', {
    'type': 'text',
    id,
    'autocomplete': 'off',
    'aria-label': id ? null : label,
    'placeholder': placeholder || t('Date'),
    'value': dayInWords(day),
    'onclick': open,
    'onchange': typed,
    'onkeydown': key,
  });
  const button = h(
    'button.date-open',
    { 'type': 'button', 'tabindex': -1, 'aria-label': t('Calendar'), 'onclick': () => open(true) },
    icon('calendar', 16),
  );
  const node = h('div.date', {}, input, button);

  function set(next) {
    const changed = next !== day;
    day = next;
    input.value = dayInWords(day);
    if (changed) onpick(day);
  }

  function typed() {
    if (input.value.trim() === '') return set(null);
    if (input.value === dayInWords(day)) return undefined;
    return set(typedDay(input.value) ?? day);
  }

  function key(event) {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      open(true);
    } else if (event.key === 'Enter') typed();
    else if (event.key === 'Tab') handle?.close();
  }

  function open(intoGrid) {
    if (!handle) {
      const box = calendar(day, (chosen) => {
        handle.close();
        set(chosen);
        input.focus();
      });
      handle = float(node, box, {
        onclose: () => {
          handle = null;
        },
      });
    }
    if (intoGrid === true) handle.box.querySelector('.calendar-day[tabindex="0"]').focus();
  }

  return {
    node,
    input,
    get value() {
      return day;
    },
    put: (next) => {
      day = next;
      input.value = dayInWords(day);
    },
  };
}

function calendar(chosen, onchoose) {
  const today = isoDay(reader.now() / 1000);
  let cursor = utc(chosen ?? today);
  const title = h('strong', { 'aria-live': 'polite' });
  const grid = h('div.calendar-grid', { role: 'grid', onkeydown: key });
  const turn = (months) => () => {
    cursor = shifted(cursor, months);
    draw();
  };
  const arrow = (label, months, className) =>
    h(
      'button.icon-button',
      { 'type': 'button', 'aria-label': label, 'class': className, 'onclick': turn(months) },
      icon('chevron', 16),
    );
  const head = h(
    'div.calendar-head',
    {},
    arrow(t('Previous month'), -1, 'calendar-back'),
    title,
    arrow(t('Next month'), 1, 'calendar-next'),
  );

  function draw() {
    title.textContent = show(cursor, { month: 'long', year: 'numeric' });
    const first = new Date(Date.UTC(cursor.getUTCFullYear(), cursor.getUTCMonth(), 1));
    const start = later(first, -((first.getUTCDay() - firstWeekday() + 7) % 7));
    const names = [...Array(7).keys()].map((at) =>
      h('span.calendar-name', { role: 'columnheader' }, show(later(start, at), { weekday: 'narrow' })),
    );
    const days = [...Array(42).keys()].map((at) => cell(later(start, at)));
    fill(grid, names, days);
  }

  function cell(date) {
    const own = iso(date);
    const classes = [
      date.getUTCMonth() !== cursor.getUTCMonth() && 'calendar-other',
      own === today && 'calendar-today',
      own === chosen && 'calendar-chosen',
    ];
    return h(
      'button.calendar-day',
      {
        'type': 'button',
        'role': 'gridcell',
        'class': classes.filter(Boolean).join(' '),
        'tabindex': own === iso(cursor) ? 0 : -1,
        'aria-selected': String(own === chosen),
        'aria-label': show(date, { dateStyle: 'full' }),
        'onclick': () => onchoose(own),
      },
      String(date.getUTCDate()),
    );
  }

  function key(event) {
    const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    const months = { PageUp: -1, PageDown: 1 }[event.key];
    if (!days && !months) return;
    event.preventDefault();
    cursor = days ? later(cursor, days) : shifted(cursor, months);
    draw();
    grid.querySelector('[tabindex="0"]').focus();
  }

  draw();
  return h('div.calendar', { 'role': 'dialog', 'aria-label': t('Calendar') }, head, grid);
}

function shifted(date, months) {
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return new Date(
    Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, Math.min(date.getUTCDate(), last)),
  );
}
