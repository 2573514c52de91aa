/** Slackbot's panel: type or pick a tool of the app, and see the signed call, its answer and its cards. */
import { act } from './api.js';
import { fill, h } from './dom.js';
import { menu } from './float.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { formOf, guess } from './slackbottools.js';
import { SlackbotTurn } from './slackbotturn.js';
import { emit, go, on, store } from './store.js';

export class SlackbotPane {
  constructor() {
    this.always = new Set();
    this.node = h('aside.thread.slackbot', { 'aria-label': 'Slackbot', 'hidden': true });
    on('place', () => store.place.thread && this.close());
    on('pane', (pane) => pane !== this && this.close());
    this.node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.close();
    });
  }

  toggle() {
    return this.node.hidden ? this.open() : this.close();
  }

  async open() {
    emit('pane', this);
    if (store.place.thread) go({ ...store.place, thread: null });
    this.node.hidden = false;
    document.body.classList.add('with-slackbot');
    if (!this.talk) this.build();
    this.input.focus();
    const answer = await act('tools');
    this.tools = answer.tools ?? [];
    this.phrases = { stems: answer.stems ?? {}, values: answer.values ?? {} };
    this.begin(answer);
  }

  close() {
    this.node.hidden = true;
    document.body.classList.remove('with-slackbot');
  }

  build() {
    const shut = h(
      'button.icon-button',
      { 'type': 'button', 'aria-label': t('Close Slackbot'), 'onclick': () => this.close() },
      icon('close'),
    );
    const facts = h('p.head-facts', {}, t('calls the app’s tools as you, signed by Slack'));
    const head = h('header.head', {}, h('div.head-words', {}, h('h2', {}, 'Slackbot'), facts), shut);
    this.intro = h('li.slackbot-intro', {});
    this.talk = h('ol.slackbot-talk', { 'aria-live': 'polite' }, this.intro);
    fill(this.node, head, this.talk, h('div.foot', {}, this.composer()));
  }

  composer() {
    this.input = h('input.input', {
      'type': 'text',
      'placeholder': t('Ask Slackbot…'),
      'aria-label': t('Ask Slackbot…'),
      'autocomplete': 'off',
    });
    const send = h(
      'button.icon-button',
      { 'type': 'submit', 'title': t('Send'), 'aria-label': t('Send') },
      icon('send'),
    );
    const pick = h(
      'button.button.button-small',
      { 'type': 'button', 'aria-haspopup': 'menu', 'onclick': (event) => this.pick(event.currentTarget) },
      t('Pick a tool'),
    );
    const asked = (event) => {
      event.preventDefault();
      this.typed(this.input.value.trim());
      this.input.value = '';
    };
    return h('form.slackbot-composer', { onsubmit: asked }, this.input, send, pick);
  }

  /** What one may ask, before anything was asked. */
  begin({ examples = [], ok, error }) {
    const trouble = ok === false ? error : !this.tools.length && t('The app’s tools cannot be reached.');
    const chip = (text) =>
      h('button.button.button-small', { type: 'button', onclick: () => this.typed(text) }, text);
    const hint = t('This Slackbot understands simple questions only; every tool can be picked below.');
    fill(
      this.intro,
      trouble ? h('p.view-banner', {}, trouble) : h('p', {}, hint),
      h('div.slackbot-examples', {}, examples.map(chip)),
    );
  }

  pick(anchor) {
    const items = this.tools.map((tool) => ({
      label: tool.title ?? tool.name,
      hint: tool.annotations?.readOnlyHint ? t('reads') : t('acts'),
      onselect: () => this.turn(tool.title ?? tool.name).offer(tool, {}),
    }));
    menu(anchor, items, { label: t('Pick a tool') });
  }

  typed(text) {
    if (!text || !this.tools) return;
    const turn = this.turn(text);
    const meant = guess(text, this.tools, this.phrases);
    if (!meant) turn.say(t('I do not know which tool this means. Pick one below.'));
    else if (meant.complete) turn.use(meant.tool.name, meant.arguments);
    else turn.offer(meant.tool, meant.arguments);
  }

  turn(question) {
    const turn = new SlackbotTurn(question, { tools: this.tools, always: this.always, formOf });
    this.talk.append(turn.node);
    turn.node.scrollIntoView({ block: 'start' });
    return turn;
  }
}
