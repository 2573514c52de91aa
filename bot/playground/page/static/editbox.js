/** Editing a message in its place. */
import { completing } from './autocomplete.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { channel, person, store } from './store.js';
import { asTyped, withMentions } from './typed.js';

export class EditBox {
  /** `save(text)` promises {ok}; `done()` is called when editing is over. */
  constructor(message, { save, done }) {
    Object.assign(this, { save, done });
    const names = { handle: (id) => person(id)?.handle, channel: (id) => channel(id)?.name };
    this.input = h('textarea.composer-input', {
      'rows': 1,
      'value': asTyped(message.text, names),
      'aria-label': t('Edit the message'),
      'onkeydown': (event) => this.key(event),
    });
    const cancel = h('button.button.button-small', { type: 'button', onclick: done }, t('Cancel'));
    const keep = h(
      'button.button.button-small.button-primary',
      { type: 'button', onclick: () => this.keep() },
      t('Save'),
    );
    this.node = h('div.edit-box', {}, this.input, h('div.edit-foot', {}, cancel, keep));
    this.completion = completing(this.input, this.node);
  }

  key(event) {
    if (this.completion.key(event)) return;
    if (event.key === 'Escape') this.done();
    else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.keep();
    }
    event.stopPropagation();
  }

  async keep() {
    const answer = await this.save(withMentions(this.input.value, store.workspace.people));
    if (answer.ok !== false) this.done();
  }
}
