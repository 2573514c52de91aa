/** The workspace's clock, and turning it ahead. */
import { clockFace, fullMoment } from './dates.js';
import { h } from './dom.js';
import { float } from './float.js';
import { languageSpoken, N_, t } from './i18n.js';
import { icon } from './icons.js';
import { doing, loadWorkspace, now, store } from './store.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const TURNS = [
  [N_('+1 hour'), HOUR],
  [N_('A day later'), DAY],
  [N_('A week later'), 7 * DAY],
];

/** The button that shows the time; a press opens what turns it. */
export function clockButton() {
  const face = h('span.clock-face', {}, clockFace(now() / 1000));
  const offset = store.workspace.clock.offset;
  const ahead = offset >= 60 && h('span.pill.pill-clock', {}, `+${distance(offset)}`);
  const button = h(
    'button.clock',
    {
      'type': 'button',
      'aria-haspopup': 'dialog',
      'title': t('The workspace’s clock'),
      'onclick': () => open(button),
    },
    icon('clock'),
    face,
    ahead,
  );
  const timer = setInterval(() => {
    if (!button.isConnected) clearInterval(timer);
    else face.textContent = clockFace(now() / 1000);
  }, 5000);
  return button;
}

function open(anchor) {
  const offset = store.workspace.clock.offset;
  const told =
    offset >= 60
      ? t('{distance} ahead of the real time.', { distance: distance(offset) })
      : t('It shows the real time.');
  const turn = (seconds) => async () => {
    handle.close();
    if ((await doing('clock', { seconds })).ok !== false) await loadWorkspace();
  };
  const buttons = TURNS.map(([label, seconds]) =>
    h('button.button', { type: 'button', onclick: turn(seconds) }, t(label)),
  );
  const box = h(
    'div.clock-panel',
    { 'role': 'dialog', 'aria-label': t('The workspace’s clock') },
    h('strong', {}, fullMoment(now() / 1000)),
    h('p', {}, told),
    h('div.clock-turns', {}, buttons),
    h('small', {}, t('Turning the clock ahead wakes reminders and deadlines. It cannot be turned back.')),
  );
  const handle = float(anchor, box, { end: true });
  buttons[0].focus();
}

/** '2 days, 3 hours' in the reader's language. */
function distance(seconds) {
  const parts = [
    ['day', Math.floor(seconds / DAY)],
    ['hour', Math.floor((seconds % DAY) / HOUR)],
    ['minute', Math.floor((seconds % HOUR) / 60)],
  ];
  const shown = parts.filter(([, n]) => n > 0).slice(0, 2);
  return shown
    .map(([unit, n]) =>
      new Intl.NumberFormat(languageSpoken(), { style: 'unit', unit, unitDisplay: 'long' }).format(n),
    )
    .join(' ');
}
