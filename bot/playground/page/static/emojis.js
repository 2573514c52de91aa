/** Choosing an emoji: a small floating grid with a search field. */
import { fill, h } from './dom.js';
import { EMOJI } from './emojitable.js';
import { float } from './float.js';
import { fold } from './folding.js';
import { t } from './i18n.js';
import { store } from './store.js';

const COLUMNS = 8;
const MOST = 160;

/** [name, sign] of all emoji whose name holds what was typed; the best first. */
export function emojiFor(typed) {
  const wanted = fold(typed).replace(/[^a-z0-9_+-]/g, '');
  const own = store.workspace.emoji ?? {};
  const others = Object.entries(EMOJI).filter(([name]) => !Object.hasOwn(own, name));
  const found = [...Object.entries(own), ...others].filter(([name]) => name.includes(wanted));
  return found.sort(([a], [b]) => a.indexOf(wanted) - b.indexOf(wanted));
}

const isRight = (anchor) => anchor.getBoundingClientRect().left > window.innerWidth / 2;

/** Opens the grid beside `anchor`; `onpick(name)` for what is chosen. */
export function pickEmoji(anchor, onpick, onclose) {
  const grid = h('div.emoji-grid', { 'role': 'listbox', 'aria-label': t('Emoji') });
  const search = h('input.input', {
    'type': 'search',
    'placeholder': t('Find an emoji…'),
    'aria-label': t('Find an emoji…'),
    'oninput': draw,
    'onkeydown': keys,
  });
  const handle = float(anchor, h('div.emoji-picker', {}, search, grid), { end: isRight(anchor), onclose });
  const pick = (name) => {
    handle.close();
    anchor.focus?.();
    onpick(name);
  };

  function draw() {
    const all = emojiFor(search.value).slice(0, MOST);
    fill(
      grid,
      all.map(([name, sign]) =>
        h(
          'button.emoji-cell',
          {
            'type': 'button',
            'role': 'option',
            'tabindex': -1,
            'title': `:${name}:`,
            'aria-label': name.replace(/_/g, ' '),
            'onclick': () => pick(name),
          },
          sign,
        ),
      ),
    );
    if (!all.length) fill(grid, h('p.listbox-note', {}, t('Nothing found.')));
    handle.place();
  }

  function keys(event) {
    const first = grid.querySelector('button');
    if (event.key === 'Enter' && first) {
      event.preventDefault();
      first.click();
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      first?.focus();
    }
  }

  grid.addEventListener('keydown', (event) => {
    const cells = [...grid.querySelectorAll('button')];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = cells.indexOf(document.activeElement) + step;
    if (to < 0) search.focus();
    else cells[Math.min(to, cells.length - 1)]?.focus();
  });
  draw();
  search.focus();
}
