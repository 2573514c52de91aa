/** Elements in which a person types: text, numbers, addresses, rich text. */
import { debounce, h } from './dom.js';
import { change, dispatchMoments, keep } from './fields.js';
import { N_, t } from './i18n.js';
import { icon } from './icons.js';
import { fromTyped, toTyped } from './richtext.js';
import { wordsOf } from './text.js';

const KINDS = {
  plain_text_input: {},
  number_input: { inputmode: 'decimal' },
  email_text_input: { inputmode: 'email', autocomplete: 'off' },
  url_text_input: { inputmode: 'url', autocomplete: 'off' },
};

/** A text element as {node, focus, input}. */
export function textInput(element, block, surface, ids) {
  const field = surface.field(block, element, { type: element.type, value: element.initial_value ?? null });
  const input = h(element.multiline ? 'textarea' : 'input', {
    'id': ids?.input,
    'class': 'input',
    'rows': element.multiline ? 4 : null,
    'type': element.multiline ? null : 'text',
    ...KINDS[element.type],
    'placeholder': wordsOf(element.placeholder),
    'value': field.value.value ?? '',
    'maxlength': element.type === 'plain_text_input' ? (element.max_length ?? 3000) : null,
    'aria-label': ids ? null : wordsOf(element.placeholder),
  });
  const valueNow = () => ({ type: element.type, value: typed(element.type, input.value) });
  listen(input, field, surface, valueNow, element.multiline);
  field.focus = () => input.focus();
  const counted = element.max_length && element.type === 'plain_text_input';
  return {
    node: counted ? h('div.counted', {}, input, counter(input, element.max_length)) : input,
    focus: field.focus,
    input,
  };
}

/** A field that is empty holds null; a decimal comma becomes a point, as numbers are sent. */
function typed(type, text) {
  if (text === '') return null;
  return type === 'number_input' ? text.trim().replace(',', '.') : text;
}

function listen(input, field, surface, valueNow, manyLines) {
  const moments = dispatchMoments(field);
  const tellSoon = debounce(() => change(surface, field, valueNow()), 400);
  input.addEventListener('input', () => {
    keep(surface, field, valueNow());
    if (moments.character) tellSoon();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || manyLines || !moments.enter) return;
    event.preventDefault();
    event.stopPropagation();
    change(surface, field, valueNow());
  });
}

function counter(input, most) {
  const left = h('span.counter', { 'aria-hidden': 'true' });
  const count = () => {
    const rest = most - [...input.value].length;
    left.textContent = String(rest);
    left.hidden = rest > Math.min(40, most / 4);
  };
  input.addEventListener('input', count);
  count();
  return left;
}

const MARKS = [
  ['bold', '*', N_('Bold')],
  ['italic', '_', N_('Italic')],
  ['strike', '~', N_('Strikethrough')],
  ['code', '`', N_('Code')],
];

/** A rich text element: typed with *marks*, sent as a rich_text block. */
export function richTextInput(element, block, surface, ids) {
  const field = surface.field(block, element, {
    type: element.type,
    rich_text_value: element.initial_value ?? null,
  });
  const input = h('textarea.input', {
    'id': ids?.input,
    'rows': element.min_lines ?? 4,
    'placeholder': wordsOf(element.placeholder),
    'value': toTyped(field.value.rich_text_value),
    'aria-label': ids ? null : wordsOf(element.placeholder),
  });
  const valueNow = () => ({
    type: element.type,
    rich_text_value: input.value.trim() ? fromTyped(input.value) : null,
  });
  listen(input, field, surface, valueNow, true);
  field.focus = () => input.focus();
  return { node: h('div.rich-input', {}, toolbar(input), input), focus: field.focus, input };
}

function toolbar(input) {
  const button = (name, label, act) =>
    h(
      'button.icon-button',
      {
        'type': 'button',
        'aria-label': label,
        'title': label,
        'tabindex': -1,
        'onmousedown': (e) => e.preventDefault(),
        'onclick': act,
      },
      icon(name, 16),
    );
  const marks = MARKS.map(([name, mark, label]) => button(name, t(label), () => wrap(input, mark)));
  return h(
    'div.rich-toolbar',
    {},
    marks,
    button('list', t('List'), () => startLines(input, '- ')),
  );
}

/** Puts `mark` around what is selected in a text field. */
export function wrap(input, mark) {
  const { selectionStart: from, selectionEnd: to, value } = input;
  input.setRangeText(mark + value.slice(from, to) + mark, from, to, 'select');
  input.setSelectionRange(from + mark.length, to + mark.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.focus();
}

function startLines(input, mark) {
  const from = input.value.lastIndexOf('\n', input.selectionStart - 1) + 1;
  const to = Math.max(input.selectionEnd, from);
  input.setRangeText(
    input.value
      .slice(from, to)
      .split('\n')
      .map((line) => mark + line)
      .join('\n'),
    from,
    to,
    'end',
  );
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.focus();
}
