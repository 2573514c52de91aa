/** Elements that act at once: buttons, overflow menus, workflow, icon and feedback buttons. */
import { h, safeUrl } from './dom.js';
import { confirmed } from './dialog.js';
import { menu } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { reader } from './reader.js';
import { plain, wordsOf } from './text.js';

/** Presses: asks first where the app wants it, follows the address, tells the app, shows that it waits. */
async function press(node, { surface, block, element, action, url, confirm = element.confirm }) {
  if (confirm && !(await confirmed(confirm))) return;
  const address = safeUrl(url);
  if (address) window.open(address, '_blank', 'noopener');
  node.setAttribute('aria-busy', 'true');
  const answer = await surface.click(block, element, action);
  node.removeAttribute('aria-busy');
  node.classList.toggle('unanswered', answer.ok === false);
  node.title = answer.ok === false ? (answer.error ?? '') : '';
}

const STYLES = { primary: 'button-primary', danger: 'button-danger' };

/** A button or workflow_button. */
export function button(element, block, surface) {
  const action = { text: element.text, value: element.value };
  const press_ = (event) => press(event.currentTarget, { surface, block, element, action, url: element.url });
  const label = element.accessibility_label ?? null;
  const face = [
    plain(element.text?.text, element.text?.emoji !== false),
    element.url && icon('external', 14),
  ];
  return h(
    'button.button',
    { 'type': 'button', 'class': STYLES[element.style], 'aria-label': label, 'onclick': press_ },
    face,
  );
}

/** An overflow menu behind three dots. */
export function overflow(element, block, surface) {
  const choose = (option) =>
    press(node, { surface, block, element, action: { selected_option: option }, url: option.url });
  const items = (element.options ?? []).map((option) => ({
    label: wordsOf(option.text),
    hint: option.description && wordsOf(option.description),
    onselect: () => choose(option),
  }));
  const open = () => menu(node, items, { label: t('More'), end: true });
  const node = h(
    'button.button.button-icon',
    {
      'type': 'button',
      'aria-label': t('More'),
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'onclick': open,
    },
    icon('dots'),
  );
  return node;
}

/** Thumbs up and down. */
export function feedbackButtons(element, block, surface) {
  const one = (choice, sign) => {
    const label = choice.accessibility_label ?? wordsOf(choice.text);
    const act = (event) => {
      for (const other of group.children)
        other.setAttribute('aria-pressed', String(other === event.currentTarget));
      press(event.currentTarget, {
        surface,
        block,
        element,
        action: { text: choice.text, value: choice.value },
      });
    };
    return h(
      'button.button.button-quiet',
      { 'type': 'button', 'aria-label': label, 'aria-pressed': 'false', 'onclick': act },
      sign,
      ' ',
      wordsOf(choice.text),
    );
  };
  const group = h(
    'span.feedback',
    { role: 'group' },
    one(element.positive_button, '👍'),
    one(element.negative_button, '👎'),
  );
  return group;
}

/** A small button with an icon; only for those who may see it. */
export function iconButton(element, block, surface) {
  const seen = element.visible_to_user_ids;
  if (seen?.length && !seen.includes(reader.me)) return null;
  const act = (event) =>
    press(event.currentTarget, {
      surface,
      block,
      element,
      action: { value: element.value, icon: element.icon },
    });
  const label = element.accessibility_label ?? wordsOf(element.text);
  return h(
    'button.button.button-quiet',
    { 'type': 'button', 'aria-label': label, 'title': label, 'onclick': act },
    icon(element.icon, 16),
    wordsOf(element.text),
  );
}
