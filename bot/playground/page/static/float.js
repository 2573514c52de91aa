/** Things that float over the page beside an anchor: menus, lists, pickers. One way to place and close them. */
import { arrowKeys, h } from './dom.js';
import { icon } from './icons.js';

const open = [];

/** Whether something floats now; Escape belongs to it before anything else. */
export const isFloating = () => open.length > 0;

/** Whether something floats beside an anchor within `node`, which then must not move by itself. */
export const holds = (node) => open.some(({ anchor }) => node.contains(anchor));

/** Shows `content` beside `anchor` until it is closed; returns {close, place, box}. */
export function float(anchor, content, { onclose, className = '', match = false, end = false } = {}) {
  const host = anchor.closest('dialog') ?? document.body;
  const box = h('div.float', { class: className, popover: 'manual' }, content);
  host.append(box);
  box.showPopover?.();
  const place = () => (anchor.isConnected ? put(box, anchor, { match, end }) : close());
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const scrolled = (event) => {
    if (!box.contains(event.target)) place();
  };
  const handle = { box, anchor, place, close };
  function close() {
    const at = open.indexOf(handle);
    if (at < 0) return;
    open.splice(at, 1);
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('scroll', scrolled, true);
    window.removeEventListener('resize', place);
    box.remove();
    onclose?.();
  }
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('scroll', scrolled, true);
  window.addEventListener('resize', place);
  open.push(handle);
  place();
  return handle;
}

function put(box, anchor, { match, end }) {
  const a = anchor.getBoundingClientRect();
  if (match) box.style.setProperty('min-width', `${a.width}px`);
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = window.innerHeight - a.bottom - 12;
  const up = height > below && a.top > below;
  const room = Math.max(120, (up ? a.top : window.innerHeight - a.bottom) - 12);
  box.style.setProperty('max-height', `${room}px`);
  const left = end ? a.right - width : a.left;
  box.style.setProperty('left', `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`);
  box.style.setProperty('top', `${up ? a.top - Math.min(height, room) - 6 : a.bottom + 6}px`);
}

/** Closes the uppermost floating thing; true when there was one. */
export function closeTop() {
  const top = open[open.length - 1];
  if (!top) return false;
  const inside = top.box.contains(document.activeElement);
  top.close();
  if (inside) top.anchor.focus();
  return true;
}

document.addEventListener(
  'keydown',
  (event) => {
    if (event.key !== 'Escape' || !isFloating()) return;
    event.preventDefault();
    event.stopPropagation();
    closeTop();
  },
  true,
);

/** A menu: items are {label, icon?, hint?, danger?, onselect} or {heading}; empty ones are left out. */
export function menu(anchor, items, { label, end = false, onclose } = {}) {
  const list = h('div.menu', { 'role': 'menu', 'aria-label': label });
  const handle = float(anchor, list, { end, onclose: closed });
  anchor.setAttribute('aria-expanded', 'true');
  list.append(...items.filter(Boolean).map((item) => (item.heading ? heading(item) : row(item, handle))));
  handle.place();
  list.addEventListener('keydown', keys);
  list.querySelector('[role^=menuitem]')?.focus();
  function keys(event) {
    if (event.key === 'Tab') closeTop();
    else if (!arrowKeys(event, [...list.querySelectorAll('[role^=menuitem]')])) typeAhead(event, list);
  }
  function closed() {
    anchor.setAttribute('aria-expanded', 'false');
    onclose?.();
  }
  return handle;
}

const heading = (item) => h('div.menu-heading', { role: 'presentation' }, item.heading);

function row(item, handle) {
  const choose = () => {
    handle.close();
    handle.anchor.focus();
    item.onselect();
  };
  const face = [
    item.icon && icon(item.icon),
    item.face,
    h('span.menu-label', {}, item.label),
    item.hint && h('span.menu-hint', {}, item.hint),
  ];
  const role = item.checked === undefined ? 'menuitem' : 'menuitemradio';
  const attributes = {
    'type': 'button',
    role,
    'aria-checked': item.checked === undefined ? null : String(item.checked),
    'tabindex': -1,
  };
  return h('button.menu-row', { ...attributes, class: item.danger && 'danger', onclick: choose }, face);
}

function typeAhead(event, list) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
  const rows = [...list.querySelectorAll('[role^=menuitem]')];
  const at = rows.indexOf(document.activeElement) + 1;
  const wanted = event.key.toLocaleLowerCase();
  [...rows.slice(at), ...rows.slice(0, at)]
    .find((one) => one.textContent.trim().toLocaleLowerCase().startsWith(wanted))
    ?.focus();
}
