/** An app's modal: a stack of up to three views, checked before it is sent, kept filled in over updates. */
import { act, read } from './api.js';
import { renderBlocks } from './blocks.js';
import { fill, h } from './dom.js';
import { openDialog } from './dialog.js';
import { t } from './i18n.js';
import { avatar } from './avatars.js';
import { icon } from './icons.js';
import { doing, person, store } from './store.js';
import { Surface } from './surface.js';
import { announce } from './toast.js';
import { plain, wordsOf } from './text.js';
import { problemsOf } from './validate.js';

export class Modal {
  constructor() {
    this.stack = [];
    this.surfaces = new Map();
    this.frame = null;
    this.drawn = '';
  }

  /** Reads the stack and shows its top. */
  async load() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const answer = await read('views');
    if (turn !== this.turn || answer.ok === false) return;
    this.stack = answer.stack ?? [];
    for (const id of [...this.surfaces.keys()])
      if (!this.stack.some((view) => view.id === id)) this.surfaces.delete(id);
    if (!this.stack.length) this.shut();
    else this.show(this.stack[this.stack.length - 1]);
  }

  shut() {
    this.frame?.close();
    this.frame = null;
    this.drawn = '';
  }

  show(view) {
    this.frame ??= this.open();
    const { state, errors, ...face } = view;
    const signature = JSON.stringify(face);
    if (signature !== this.drawn) {
      this.draw(view);
      this.told = '';
    }
    this.drawn = signature;
    this.frame.dialog.dataset.depth = this.stack.length;
    const told = JSON.stringify([view.id, errors ?? {}]);
    if (told !== this.told) this.showErrors(errors ?? {});
    this.told = told;
  }

  open() {
    this.body = h('div.view-body', { onkeydown: (event) => this.key(event) });
    this.opener = document.activeElement;
    return openDialog({
      body: this.body,
      className: 'view',
      label: t('App'),
      onescape: () => this.close({ clear: true }),
      onclose: () => this.opener?.isConnected && this.opener.focus(),
    });
  }

  surfaceOf(view) {
    if (!this.surfaces.has(view.id)) {
      const container = { type: 'view', view_id: view.id };
      this.surfaces.set(
        view.id,
        new Surface(container, {
          act: (request) => doing('click', request),
          suggest: (request) => act('suggest', request),
          state: view.state,
        }),
      );
    }
    return this.surfaces.get(view.id);
  }

  draw(view) {
    const focus = this.focusedField(view);
    this.view = view;
    this.surface = this.surfaceOf(view);
    this.surface.begin();
    this.banner = h('div.view-banner', { role: 'alert', hidden: true });
    this.blocks = h('div.view-blocks', { tabindex: -1 }, renderBlocks(view.blocks, this.surface));
    fill(this.body, this.head(view), this.banner, this.blocks, this.foot(view));
    this.frame.dialog.setAttribute('aria-label', wordsOf(view.title));
    this.focus(focus);
  }

  head(view) {
    const close = h(
      'button.icon-button',
      { 'type': 'button', 'aria-label': t('Close'), 'onclick': () => this.close({ clear: true }) },
      icon('close'),
    );
    const back =
      this.stack.length > 1 &&
      h(
        'button.icon-button.view-back',
        { 'type': 'button', 'aria-label': t('Back'), 'onclick': () => this.close({ clear: false }) },
        icon('chevron'),
      );
    const app = person(
      store.workspace.bots.find((bot) => bot.bot_id === view.bot_id)?.user_id ??
        store.workspace.bots[0]?.user_id,
    );
    return h('header.view-head', {}, back || avatar(app, 28), h('h2', {}, plain(wordsOf(view.title))), close);
  }

  foot(view) {
    const close = h(
      'button.button',
      { type: 'button', onclick: () => this.close({ clear: false }) },
      wordsOf(view.close) || (view.submit ? t('Cancel') : t('Close')),
    );
    this.submitter =
      view.submit &&
      h(
        'button.button.button-primary',
        { type: 'button', disabled: view.submit_disabled, onclick: () => this.submit() },
        h('span', {}, plain(wordsOf(view.submit))),
      );
    return h('footer.view-foot', {}, close, this.submitter);
  }

  /** The field in focus, to find it again after an update of the same view. */
  focusedField(view) {
    const active = document.activeElement;
    if (this.view?.id !== view.id || !this.body.contains(active)) return null;
    const block = active.closest('[data-block]')?.dataset.block;
    return { block, from: active.selectionStart, to: active.selectionEnd };
  }

  focus(last) {
    const again =
      last?.block &&
      this.body
        .querySelector(`[data-block="${CSS.escape(last.block)}"]`)
        ?.querySelector('input, textarea, button');
    const wanted =
      again ||
      this.body.querySelector('[data-focus] :is(input, textarea), input[data-focus], textarea[data-focus]') ||
      this.body.querySelector('.view-blocks :is(input, textarea)') ||
      this.blocks;
    wanted.focus();
    if (again && last.from !== null && last.from !== undefined && 'setSelectionRange' in again)
      again.setSelectionRange?.(last.from, last.to);
  }

  key(event) {
    if (event.key !== 'Enter' || !this.submitter) return;
    const single = event.target.matches('input.input:not([type=search])');
    if (single || event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.submit();
    }
  }

  showErrors(sentences) {
    const first = this.surface.showErrors(sentences);
    const strays = Object.entries(sentences)
      .filter(([id]) => !this.surface.errors.has(id))
      .map(([, sentence]) => sentence);
    this.say(strays.join(' '));
    if (first === null) return;
    this.body.querySelector(`[data-block="${CSS.escape(first)}"]`)?.scrollIntoView({ block: 'nearest' });
    this.surface.focusOn(first);
  }

  say(sentence) {
    fill(this.banner, sentence ? [icon('warning', 16), sentence] : null);
    this.banner.hidden = !sentence;
  }

  async submit() {
    if (this.busy) return;
    const problems = problemsOf(this.surface.fields.values());
    this.showErrors(problems);
    if (Object.keys(problems).length) {
      announce(Object.values(problems).join(' '));
      return;
    }
    this.wait(true);
    const { id } = this.view;
    const answer = await act('submit', { view_id: id, state: { values: this.surface.state() } });
    this.wait(false);
    await this.load();
    if (answer.ok === false && this.view?.id === id && this.frame && !this.hasErrors())
      this.say(answer.error);
  }

  hasErrors() {
    return Boolean(this.body.querySelector('.field-wrong'));
  }

  wait(on) {
    this.busy = on;
    if (this.submitter) this.submitter.setAttribute('aria-busy', String(on));
    this.body.toggleAttribute('data-busy', on);
    this.blocks.inert = on;
  }

  async close({ clear }) {
    if (this.busy || !this.view) return;
    await doing('close', { view_id: this.view.id, clear });
    await this.load();
  }
}
