/** Short messages at the edge of the page, also spoken by screen readers. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';

const SHOWN_FOR = 7000;
let region = null;

/** Shows one sentence for a while. `kind`: 'note' or 'trouble'. */
export function toast(sentence, kind = 'note') {
  region ??= document.body.appendChild(
    h('div.toasts', { 'role': 'status', 'aria-live': 'polite', 'popover': 'manual' }),
  );
  region.hidePopover?.();
  const leave = () => note.remove();
  const close = h(
    'button.icon-button',
    { 'type': 'button', 'aria-label': t('Close'), 'onclick': leave },
    icon('close', 16),
  );
  const note = h(
    'div.toast',
    { class: `toast-${kind}` },
    icon(kind === 'trouble' ? 'warning' : 'info'),
    h('span', {}, sentence),
    close,
  );
  region.append(note);
  region.showPopover?.();
  setTimeout(leave, SHOWN_FOR);
}

let speaker = null;

/** Says something to screen readers only. */
export function announce(sentence) {
  speaker ??= document.body.appendChild(h('div.unseen', { 'aria-live': 'polite' }));
  speaker.textContent = sentence;
}
