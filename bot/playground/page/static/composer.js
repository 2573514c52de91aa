/** Where one writes: text, commands, files, emoji, mentions and the apps' shortcuts. */
import { act, upload } from './api.js';
import { completing } from './autocomplete.js';
import { fill, h } from './dom.js';
import { pickEmoji } from './emojis.js';
import { fileChip } from './files.js';
import { menu } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { wrap } from './inputs.js';
import { doing, emit, store } from './store.js';
import { commandIn, withMentions } from './typed.js';

export class Composer {
  constructor({ channel, thread = null, placeholder }) {
    Object.assign(this, { channel, thread });
    this.files = [];
    this.draftKey = `${channel}/${thread ?? ''}`;
    this.input = h('textarea.composer-input', {
      'rows': 1,
      placeholder,
      'aria-label': placeholder,
      'value': store.drafts.get(this.draftKey) ?? '',
      'onkeydown': (event) => this.key(event),
      'oninput': () => this.typed(),
      'onpaste': (event) => this.pasted(event),
    });
    this.trouble = h('p.composer-trouble', { role: 'alert' });
    this.chips = h('ul.composer-files', {});
    this.node = this.build();
    this.completion = completing(this.input, this.box);
    this.typed();
  }

  build() {
    const tool = (name, label, onclick) =>
      h('button.icon-button', { 'type': 'button', 'title': label, 'aria-label': label, onclick }, icon(name));
    this.chooser = h('input.unseen', {
      'type': 'file',
      'multiple': true,
      'tabindex': -1,
      'aria-hidden': 'true',
      'onchange': () => this.attach(this.chooser.files),
    });
    this.sender = h(
      'button.send',
      { 'type': 'button', 'title': t('Send'), 'aria-label': t('Send'), 'onclick': () => this.send() },
      icon('send'),
    );
    const tools = [
      tool('clip', t('Attach files'), () => this.chooser.click()),
      tool('smile', t('Emoji'), (event) =>
        pickEmoji(event.currentTarget, (name) => this.insert(`:${name}: `)),
      ),
      tool('at', t('Mention somebody'), () => this.insert('@')),
      !this.thread && tool('bolt', t('Shortcuts of apps'), (event) => this.shortcuts(event.currentTarget)),
    ];
    const broadcast =
      this.thread &&
      h(
        'label.composer-broadcast',
        {},
        (this.also = h('input', { type: 'checkbox' })),
        t('Also send to the channel'),
      );
    this.box = h(
      'div.composer-box',
      {
        ondragover: (event) => this.dragged(event),
        ondragleave: () => this.box.classList.remove('dropping'),
        ondrop: (event) => this.dropped(event),
      },
      this.input,
      this.chips,
      h(
        'div.composer-tools',
        {},
        tools,
        h('span.composer-hint', { 'aria-hidden': 'true' }, t('Shift + Enter for a new line')),
        this.sender,
      ),
      this.chooser,
    );
    return h('div.composer', {}, this.trouble, this.box, broadcast);
  }

  typed() {
    store.drafts.set(this.draftKey, this.input.value);
    this.trouble.textContent = '';
    this.sender.disabled = !this.input.value.trim() && !this.files.length;
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, window.innerHeight * 0.4)}px`;
  }

  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    const mark = (event.ctrlKey || event.metaKey) && { b: '*', i: '_' }[event.key];
    if (mark) {
      event.preventDefault();
      wrap(this.input, mark);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'ArrowUp' && !this.input.value) this.onup?.(event);
  }

  /** Takes the place of what stands there. */
  write(text) {
    this.input.value = text;
    this.typed();
    this.input.focus();
  }

  insert(text) {
    const { value, selectionStart: at } = this.input;
    const gap = at > 0 && !/\s/.test(value[at - 1]) ? ' ' : '';
    this.input.setRangeText(gap + text, at, this.input.selectionEnd, 'end');
    this.input.focus();
    this.input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  shortcuts(anchor) {
    const global = store.workspace.shortcuts.filter((one) => one.type === 'global');
    const run = (one) => () => doing('shortcut', { callback_id: one.callback_id });
    const fillIn = (command) => () => {
      this.input.value = `${command} `;
      this.input.focus();
      this.typed();
    };
    const commands = store.workspace.commands.map((one) => ({
      label: one.command,
      hint: one.description,
      onselect: fillIn(one.command),
    }));
    menu(
      anchor,
      [
        global.length && { heading: t('Shortcuts') },
        ...global.map((one) => ({ label: one.name, icon: 'bolt', onselect: run(one) })),
        commands.length && { heading: t('Commands') },
        ...commands,
      ],
      { label: t('Shortcuts of apps') },
    );
  }

  async send() {
    const text = this.input.value.trim();
    if (!text && !this.files.length) return;
    const command = commandIn(text);
    const refusal = command && this.refusal(command);
    if (refusal) {
      this.trouble.textContent = refusal;
      return;
    }
    const { files } = this;
    this.set('', []);
    const answer = await (command
      ? act('command', { channel: this.channel, ...command })
      : this.say(text, files));
    if (answer.ok !== false) {
      if (command) emit('command', command);
      return;
    }
    if (!this.input.value) this.set(text, files);
    this.trouble.textContent = answer.error;
  }

  refusal({ command }) {
    if (this.thread) return t('{command} does not work in threads. Use it in the channel.', { command });
    if (store.workspace.commands.some((one) => one.command === command)) return null;
    return t('{command} is not a command here. Everything that begins with / is taken as one.', { command });
  }

  say(text, files) {
    const also = this.also?.checked ? { broadcast: true } : {};
    if (this.also) this.also.checked = false;
    return act('say', {
      channel: this.channel,
      text: withMentions(text, store.workspace.people),
      ...(this.thread ? { thread_ts: this.thread, ...also } : {}),
      ...(files.length ? { file_ids: files.map((file) => file.id) } : {}),
    });
  }

  set(text, files) {
    this.input.value = text;
    this.files = files;
    this.drawFiles();
    this.typed();
  }

  async attach(list) {
    for (const one of [...list]) {
      this.trouble.textContent = t('Uploading {name}…', { name: one.name });
      const answer = await upload(one);
      if (answer.file) this.files = [...this.files, answer.file];
      this.drawFiles();
      this.typed();
      if (answer.ok === false) this.trouble.textContent = answer.error;
    }
    this.chooser.value = '';
    this.input.focus();
  }

  drawFiles() {
    const remove = (file) => () => {
      this.files = this.files.filter((one) => one !== file);
      this.drawFiles();
      this.typed();
    };
    fill(
      this.chips,
      this.files.map((file) => fileChip(file, remove(file))),
    );
  }

  dragged(event) {
    event.preventDefault();
    this.box.classList.add('dropping');
  }

  dropped(event) {
    event.preventDefault();
    this.box.classList.remove('dropping');
    this.attach(event.dataTransfer.files);
  }

  pasted(event) {
    if (event.clipboardData.files.length) {
      event.preventDefault();
      this.attach(event.clipboardData.files);
    }
  }
}
