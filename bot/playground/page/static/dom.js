/** DOM nodes built from values: text is always text, nothing is ever parsed as HTML. */

/** `h('button.primary', {type: 'button', onclick}, 'Save')`; empty children are left out. */
export function h(spec, props, ...children) {
  const [tag, ...classes] = spec.split('.');
  const node = document.createElement(tag || 'div');
  if (classes.length) node.className = classes.join(' ');
  for (const [name, value] of Object.entries(props ?? {})) setProp(node, name, value);
  node.append(...flatten(children));
  return node;
}

function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'class') node.className = [node.className, value].filter(Boolean).join(' ');
  else if (name === 'dataset') Object.assign(node.dataset, value);
  else if (name === 'style') Object.entries(value).forEach(([k, v]) => node.style.setProperty(k, v));
  else if (name === 'value') node.value = value;
  else node.setAttribute(name, value === true ? '' : String(value));
}

/** Children as a flat list of nodes and strings. */
export function flatten(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Takes the place of everything in `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...flatten(children));
  return node;
}

let lastId = 0;

/** An id that no other element of this page has. */
export function uid() {
  lastId += 1;
  return `z${lastId}`;
}

/** Calls `fn` once after `wait` ms without a further call. */
export function debounce(fn, wait) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Moves focus among `items` with the arrow keys, Home and End; true when the key was one of them. */
export function arrowKeys(event, items, { horizontal = false } = {}) {
  const step = { [horizontal ? 'ArrowRight' : 'ArrowDown']: 1, [horizontal ? 'ArrowLeft' : 'ArrowUp']: -1 };
  const at = items.indexOf(document.activeElement);
  let next;
  if (event.key in step) next = (at + step[event.key] + items.length) % items.length;
  else if (event.key === 'Home') next = 0;
  else if (event.key === 'End') next = items.length - 1;
  else return false;
  event.preventDefault();
  items[next]?.focus();
  return true;
}

/** Only addresses that are safe to follow; null for anything else. */
export function safeUrl(url) {
  const text = String(url ?? '').trim();
  if (text.startsWith('/') && !text.startsWith('//')) return text;
  return /^(https?:\/\/|mailto:|tel:)/i.test(text) ? text : null;
}
