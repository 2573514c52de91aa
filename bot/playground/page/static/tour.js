/** What to try first: three steps, each with a button that does it, until they are put away. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { addressOf, botOf, go, on, openDirect, store } from './store.js';
import { mrkdwn } from './text.js';

const REMEMBERED = 'zaplecze.tour';
const AWAY = 'away';

export class Tour {
  /** `onwrite(text)` fills the message field; `onnewest` shows the newest message. */
  constructor({ onwrite, onnewest }) {
    Object.assign(this, { onwrite, onnewest });
    this.node = h('aside.tour', { 'aria-label': t('Try this') });
    on('workspace', () => this.draw());
    on('command', ({ command }) => this.sent(command));
  }

  draw() {
    const { tour } = store.workspace;
    const seen = localStorage.getItem(REMEMBERED) ?? '';
    const key = `${store.as}/${seen}/${Boolean(tour)}`;
    if (key === this.drawn) return;
    this.drawn = key;
    this.node.hidden = !tour || seen === AWAY;
    if (!this.node.hidden) fill(this.node, this.head(), this.steps(tour, seen.split(',')));
    this.node.querySelector('.tour-next')?.scrollIntoView({ block: 'nearest', inline: 'start' });
  }

  head() {
    const away = () => this.remember(AWAY);
    return h(
      'div.tour-head',
      {},
      h('h2', {}, t('Try this')),
      h(
        'button.icon-button',
        { 'type': 'button', 'title': t('Close'), 'aria-label': t('Close'), 'onclick': away },
        icon('close', 16),
      ),
    );
  }

  steps(tour, done) {
    const next = tour.steps.findIndex((step) => !done.includes(step.does));
    return h(
      'ol.tour-steps',
      {},
      tour.steps.map((step, at) => this.step(step, at === next, done.includes(step.does), tour)),
    );
  }

  step(step, isNext, isDone, tour) {
    const go = () => {
      this.does[step.does](step, tour);
      this.finish(step);
    };
    const button = h(
      'button.button',
      { type: 'button', class: isNext ? 'button-primary' : '', onclick: go },
      step.button,
    );
    const marks = [isNext && 'tour-next', isDone && 'tour-done'].filter(Boolean).join(' ');
    return h('li.tour-step', { class: marks }, h('p', {}, mrkdwn(step.text)), button);
  }

  does = {
    beside: (_, { beside }) => openBeside(`${addressOf(beside.person, { channel: beside.channel })}&beside`),
    write: ({ typed }) => this.onwrite(typed),
    messages: async () => {
      await openMessages();
      this.onnewest();
    },
  };

  /** What was typed by hand is done as well. */
  sent(command) {
    const step = store.workspace.tour?.steps.find(({ typed }) => typed.split(' ')[0] === command);
    if (step && !this.node.hidden) this.finish(step);
  }

  finish(step) {
    const seen = localStorage.getItem(REMEMBERED);
    this.remember([...new Set([...(seen ? seen.split(',') : []), step.does])].join(','));
  }

  remember(seen) {
    localStorage.setItem(REMEMBERED, seen);
    this.draw();
  }
}

/** A window of its own on the right half of the screen; where there is no room for it, a tab. */
function openBeside(address) {
  const { availWidth, availHeight } = screen;
  const width = Math.max(520, Math.round(availWidth / 2));
  const place = `popup,noopener,width=${width},height=${availHeight},left=${availWidth - width},top=0`;
  window.open(address, '_blank', availWidth < 2 * 520 ? 'noopener' : place);
}

function openMessages() {
  const conversation = store.workspace.channels.find((one) => botOf(one));
  if (conversation) return go({ channel: conversation.id, tab: 'messages' });
  return openDirect([store.workspace.bots[0].user_id]).then(() => go({ ...store.place, tab: 'messages' }));
}
