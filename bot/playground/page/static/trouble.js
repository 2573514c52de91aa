/** The small panel with which Slack is told to misbehave: whatever faults the server lists. */
import { debounce, fill, h } from './dom.js';
import { N_, t } from './i18n.js';
import { icon } from './icons.js';
import { doing, on, store } from './store.js';

export class TroublePanel {
  constructor() {
    this.count = h('span.pill', { hidden: true });
    this.body = h('div.trouble-body', {});
    this.node = h(
      'details.trouble',
      {},
      h('summary', {}, icon('warning', 16), h('span', {}, t('Trouble')), this.count, icon('chevron', 16)),
      this.body,
    );
    on('workspace', () => this.draw());
  }

  draw() {
    const faults = Object.entries(store.workspace.faults ?? {});
    const usual = store.workspace.usual_faults ?? {};
    const active = faults.filter(([name, value]) => isOn(value) && value !== usual[name]).length;
    this.node.hidden = !faults.length;
    this.count.hidden = !active;
    this.count.textContent = String(active);
    if (this.body.contains(document.activeElement)) return;
    fill(
      this.body,
      h('p', {}, t('Make this Slack misbehave and see what the app does.')),
      faults.map(([name, value]) => row(name, value)),
    );
  }
}

const isOn = (value) =>
  value !== false &&
  value !== 0 &&
  value !== null &&
  value !== '' &&
  !(Array.isArray(value) && !value.length);

const NAMES = {
  slow_seconds: N_('Answers are late by (seconds)'),
  late_seconds: N_('Deliveries are late by (seconds)'),
  rate_limited_percent: N_('“Too many requests” (%)'),
  server_error_percent: N_('Server errors (%)'),
  cut_before_percent: N_('Cut before the effect (%)'),
  cut_after_percent: N_('Cut after the effect (%)'),
  duplicate_percent: N_('Delivered twice (%)'),
  lost_answer_percent: N_('Answers lost (%)'),
  late_shares: N_('Answers that do not tell yet where a file stands (at most)'),
  upheaval_percent: N_('Something befalls a channel or a person (% each second)'),
  rate_limits: N_('Slack’s rate limits'),
  token_revoked: N_('The app’s token is revoked'),
  outage: N_('Nothing works'),
};

/** A fault's name in words; one that is new to the page as the server calls it. */
function wordsFor(name) {
  if (Object.hasOwn(NAMES, name)) return t(NAMES[name]);
  const words = name.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function row(name, value) {
  const set = (next) => doing('faults', { [name]: next });
  const label = h('span', {}, wordsFor(name));
  if (typeof value === 'boolean') {
    return h(
      'label.trouble-row',
      {},
      label,
      h('input', {
        type: 'checkbox',
        role: 'switch',
        checked: value,
        onchange: (event) => set(event.target.checked),
      }),
    );
  }
  const isNumber = typeof value === 'number';
  const setSoon = debounce((text) => set(isNumber ? Number(text) || 0 : text), 500);
  return h(
    'label.trouble-row',
    {},
    label,
    h('input.input', {
      type: isNumber ? 'number' : 'text',
      min: isNumber ? 0 : null,
      step: isNumber ? 'any' : null,
      value: value ?? '',
      oninput: (event) => setSoon(event.target.value),
    }),
  );
}
