/**
 * A surface shows blocks (a message, a modal's view, a Home tab) and knows what has been filled in there.
 * It keeps values over an update as Slack does: where block_id, action_id and type are the same.
 */

const keyOf = (...names) => names.join('\u0000');

function valuesIn(values) {
  const entries = Object.entries(values).flatMap(([block, actions]) =>
    Object.entries(actions).map(([action, value]) => [keyOf(block, action, value.type), value]),
  );
  return new Map(entries);
}

export class Surface {
  /** `container`: what the app is told; `act(request)` and `suggest(request)` reach the server; `state`: Slack's. */
  constructor(container, { act, suggest, state }) {
    this.container = container;
    this.act = act;
    this.suggest = suggest;
    this.fields = new Map();
    this.kept = valuesIn(state?.values ?? {});
    this.errors = new Map();
  }

  /** Before the blocks are drawn anew: fields are forgotten, their values kept. */
  begin() {
    if (this.fields.size) this.kept = new Map([...this.fields].map(([key, field]) => [key, field.value]));
    this.fields = new Map();
    this.errors = new Map();
  }

  /** Registers an element that holds a value; `initial` is Slack's state object ({type, value…}). */
  field(block, element, initial) {
    const key = keyOf(block.block_id, element.action_id, element.type);
    const field = { block, element, value: this.kept.get(key) ?? initial, focus: () => {} };
    this.fields.set(key, field);
    return field;
  }

  /** What stands in the fields, as Slack's state.values. */
  state() {
    const values = {};
    for (const { block, element, value } of this.fields.values()) {
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = value;
    }
    return values;
  }

  /** Tells the app that an element was used. */
  click(block, element, action) {
    return this.act({
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      action: { type: element.type, ...action },
      state: this.state(),
    });
  }

  /** Options of an external select for what was typed. */
  options(block, element, value) {
    return this.suggest({
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value,
    });
  }

  /** Where an input block shows its error; called with a sentence or null. */
  errorSlot(block, show) {
    this.errors.set(block.block_id, show);
  }

  /** Shows the sentences of {block_id: sentence}, takes the others away; the first block with one, or null. */
  showErrors(sentences) {
    let first = null;
    for (const [id, show] of this.errors) {
      show(sentences[id] ?? null);
      if (sentences[id] && first === null) first = id;
    }
    return first;
  }

  focusOn(blockId) {
    for (const field of this.fields.values()) {
      if (field.block.block_id === blockId) return field.focus();
    }
    return undefined;
  }
}
