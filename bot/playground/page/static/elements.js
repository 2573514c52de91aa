/** Block elements by their type. */
import { button, feedbackButtons, iconButton, overflow } from './buttons.js';
import { choices } from './choices.js';
import { h } from './dom.js';
import { fileInput } from './fileinput.js';
import { richTextInput, textInput } from './inputs.js';
import { image } from './media.js';
import { datePicker, momentPicker, timePicker } from './pickers.js';
import { isSelect, select } from './selects.js';

const FIELDS = {
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
  checkboxes: choices,
  radio_buttons: choices,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: momentPicker,
};

const NODES = {
  button,
  workflow_button: button,
  overflow,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  image: (element) => image(element.image_url ?? element.slack_file?.url, element.alt_text, 'accessory'),
};

/**
 * An element as {node, focus?, input?}. `ids` ({input, label, described}) tie it to the label of an input block;
 * without them it names itself.
 */
export function element(value, block, surface, ids) {
  const field = FIELDS[value.type] ?? (isSelect(value.type) ? select : null);
  if (!field)
    return { node: NODES[value.type]?.(value, block, surface) ?? h('span.unknown', {}, value.type) };
  const made = field(value, block, surface, ids);
  if (value.focus_on_load) made.node.dataset.focus = 'load';
  return made;
}
