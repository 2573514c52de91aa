/** What all elements that hold a value share: taking a change, asking for confirmation, telling the app. */
import { confirmed } from './dialog.js';

/** Takes `value` (Slack's state object); tells the app where Slack would. False when the person took it back. */
export async function change(surface, field, value) {
  const { block, element } = field;
  const before = field.value;
  field.value = value;
  surface.errors.get(block.block_id)?.(null);
  if (block.type === 'input' && !block.dispatch_action) return true;
  if (element.confirm && !(await confirmed(element.confirm))) {
    field.value = before;
    return false;
  }
  const { type, ...action } = value;
  surface.click(block, element, action);
  return true;
}

/** Takes `value` and tells nobody. */
export function keep(surface, field, value) {
  field.value = value;
  surface.errors.get(field.block.block_id)?.(null);
}

/** When a text element tells the app: {enter, character}. */
export function dispatchMoments({ block, element }) {
  if (block.type === 'input' && !block.dispatch_action) return { enter: false, character: false };
  const moments = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  return { enter: moments.includes('on_enter_pressed'), character: moments.includes('on_character_entered') };
}
