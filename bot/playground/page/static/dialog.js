/** Small dialogs of the page itself: questions, and the frame that the larger ones use. */
import { h, uid } from './dom.js';
import { closeTop, isFloating } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { textObject } from './text.js';

/** Opens a modal dialog; returns {dialog, close}. `onescape` decides what Escape does (close, by default). */
export function openDialog({ title, body, foot, className = '', onescape, onclose, label }) {
  const id = uid();
  const dialog = h('dialog.dialog', {
    'class': className,
    'aria-labelledby': title ? id : null,
    'aria-label': title ? null : label,
  });
  const close = () => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    onclose?.();
  };
  const shut = h(
    'button.icon-button',
    { 'type': 'button', 'aria-label': t('Close'), 'onclick': () => (onescape ?? close)() },
    icon('close'),
  );
  const head = title && h('header.dialog-head', {}, h('h2', { id }, title), shut);
  dialog.append(
    ...[head, h('div.dialog-body', {}, body), foot && h('footer.dialog-foot', {}, foot)].filter(Boolean),
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (isFloating()) closeTop();
    else (onescape ?? close)();
  });
  dialog.addEventListener('pointerdown', (event) => {
    if (event.target === dialog && !className.includes('view')) (onescape ?? close)();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/** Asks with Slack's confirm object ({title, text, confirm, deny, style}); promises yes or no. */
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const answer = (yes) => () => {
      resolve(yes);
      frame.close();
    };
    const yes = h(
      'button.button',
      {
        type: 'button',
        class: style === 'danger' ? 'button-danger' : 'button-primary',
        onclick: answer(true),
      },
      face(confirm, t('Yes')),
    );
    const no = h('button.button', { type: 'button', onclick: answer(false) }, face(deny, t('Cancel')));
    const frame = openDialog({
      title: face(title, t('Are you sure?')),
      body: textObject(text),
      foot: [no, yes],
      className: 'dialog-small',
      onescape: answer(false),
    });
    yes.focus();
  });
}

const face = (object, otherwise) => (typeof object === 'string' ? object : (object?.text ?? otherwise));
