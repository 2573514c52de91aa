/** One question to Slackbot and what came of it: the question before an act, the call, the answer, the cards. */
import { act } from './api.js';
import { renderBlocks } from './blocks.js';
import { fill, h, uid } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { Surface } from './surface.js';
import { mrkdwn } from './text.js';
import { problemsOf } from './validate.js';

const TOOL = 'tool:';
const INPUT = 'input:';

export class SlackbotTurn {
  /** `always`: names of the tools that need no question any more. */
  constructor(question, { tools, always, formOf }) {
    Object.assign(this, { tools, always, formOf });
    this.asking = h('div.slackbot-asking', {});
    this.cards = h('div.slackbot-cards', {});
    this.wire = h('div.slackbot-wire', {});
    this.surface = new Surface(
      { type: 'slackbot', id: uid() },
      { act: (request) => this.clicked(request), suggest: () => ({ options: [] }) },
    );
    this.node = h(
      'li.slackbot-turn',
      { tabindex: -1 },
      h('p.slackbot-question', {}, question),
      this.wire,
      this.cards,
      this.asking,
    );
  }

  say(sentence) {
    fill(this.cards, h('p', {}, sentence));
  }

  /** A form for what is not known yet. */
  offer(tool, given) {
    this.draw(this.formOf(tool, given, t('Call')));
    this.cards.querySelector('input, textarea, button')?.focus();
  }

  draw(blocks) {
    this.surface.begin();
    fill(this.cards, renderBlocks(blocks, this.surface));
  }

  /** A button of a card: its value and what stands in the form are the arguments. */
  async clicked({ action_id: id, action }) {
    if (!id.startsWith(TOOL)) return { ok: true };
    const problems = problemsOf(this.surface.fields.values());
    this.surface.showErrors(problems);
    if (Object.keys(problems).length) return { ok: true };
    await this.use(id.slice(TOOL.length), { ...JSON.parse(action.value || '{}'), ...this.typedIn() });
    return { ok: true };
  }

  /** What stands in the form's fields, by the names of arguments. */
  typedIn() {
    const given = {};
    for (const { element, value } of this.surface.fields.values()) {
      const held = value.selected_option?.value ?? value.selected_date ?? value.value;
      if (element.action_id.startsWith(INPUT) && held) given[element.action_id.slice(INPUT.length)] = held;
    }
    return given;
  }

  /** Calls the tool, after Slack's own question where it does more than read. */
  async use(name, given) {
    const tool = this.tools.find((one) => one.name === name);
    const reads = tool?.annotations?.readOnlyHint;
    if (!reads && !this.always.has(name) && !(await this.allowed(tool ?? { name }, given))) return;
    this.node.setAttribute('aria-busy', 'true');
    const answer = await act('call_tool', { tool: name, arguments: given });
    this.node.removeAttribute('aria-busy');
    if (answer.ok === false) this.say(answer.error);
    else this.show(answer);
  }

  allowed(tool, given) {
    return new Promise((resolve) => {
      const button = (label, answer, look = '') =>
        h('button.button.button-small', { type: 'button', class: look, onclick: answer }, label);
      const close = (yes) => () => {
        fill(this.asking);
        resolve(yes);
      };
      const always = () => {
        this.always.add(tool.name);
        close(true)();
      };
      const facts = Object.entries(given).map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]);
      fill(
        this.asking,
        h('p', {}, t('Slackbot wants to use the tool “{tool}”.', { tool: tool.title ?? tool.name })),
        h('dl', {}, facts),
        h(
          'div.slackbot-choices',
          {},
          button(t('Allow once'), close(true), 'button-primary'),
          button(t('Always allow'), always),
          button(t('Deny'), close(false)),
        ),
      );
      this.asking.scrollIntoView({ block: 'nearest' });
      this.asking.querySelector('button').focus();
    });
  }

  show({ exchange, text, blocks, wrong, is_error: isError }) {
    fill(this.wire, callOf(exchange), answerOf(exchange));
    if (blocks.length) this.draw(blocks);
    else fill(this.cards, mrkdwn(text));
    this.cards.classList.toggle('slackbot-refused', isError);
    if (wrong.length)
      this.cards.prepend(
        h('p.slackbot-wrong', {}, icon('warning', 16), t('Slack would show none of these cards:'), ' ', wrong[0]),
      );
    this.node.scrollIntoView({ block: 'nearest' });
    if (document.activeElement === document.body) this.node.focus();
  }
}

function callOf({ address, headers, sent }) {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = [`POST ${address}`, ...head, '', pretty(sent)].join('\n');
  return folded(t('The signed call'), text);
}

const answerOf = ({ status, answer, took_ms: took }) =>
  folded(t('The answer: {status} in {took} ms', { status: status || '–', took }), pretty(answer));

const folded = (title, text) => h('details', {}, h('summary', {}, title), h('pre', { tabindex: 0 }, text));

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (problem) {
    if (problem instanceof SyntaxError) return text;
    throw problem;
  }
}
