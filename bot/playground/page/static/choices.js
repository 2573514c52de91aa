/** Checkboxes and radio buttons. */
import { h, uid } from './dom.js';
import { change } from './fields.js';
import { textObject } from './text.js';

/** checkboxes or radio_buttons as {node, focus}. */
export function choices(element, block, surface, ids) {
  const many = element.type === 'checkboxes';
  const name = many ? 'selected_options' : 'selected_option';
  const initial = many ? (element.initial_options ?? []) : (element.initial_option ?? null);
  const field = surface.field(block, element, { type: element.type, [name]: initial });
  const group = uid();
  const node = h('div.choices', {
    'role': many ? 'group' : 'radiogroup',
    'aria-labelledby': ids?.label,
    'aria-describedby': ids?.described,
  });
  const boxes = (element.options ?? []).map((option) => ({ option, box: box(option, many, group) }));
  const mark = () =>
    boxes.forEach(({ option, box: one }) => {
      one.checked = holds(field.value[name], option);
    });
  mark();
  node.append(...boxes.map(({ option, box: one }) => row(option, one)));
  node.addEventListener('change', async () => {
    const chosen = boxes.filter((each) => each.box.checked).map((each) => each.option);
    if (!(await change(surface, field, { type: element.type, [name]: many ? chosen : (chosen[0] ?? null) })))
      mark();
  });
  field.focus = () => (boxes.find((each) => each.box.checked) ?? boxes[0])?.box.focus();
  return { node, focus: field.focus };
}

const holds = (held, option) => [held].flat().some((one) => one?.value === option.value);

const box = (option, many, group) =>
  h('input', { type: many ? 'checkbox' : 'radio', name: group, value: option.value });

function row(option, one) {
  const description = option.description && h('span.choice-description', {}, textObject(option.description));
  return h('label.choice', {}, one, h('span.choice-face', {}, textObject(option.text), description));
}
