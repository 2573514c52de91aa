/** The customers' mailbox: what the bot sent them by e-mail, opened as their mail program would. */
import { read } from './api.js';
import { shortMoment } from './dates.js';
import { fill, h } from './dom.js';
import { fileCard } from './files.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { emit, go, on, store } from './store.js';

export class MailboxPane {
  constructor() {
    this.node = h('aside.thread.mailbox', { 'aria-label': t('The customers’ mail'), 'hidden': true });
    on('place', () => store.place.thread && this.close());
    on('pane', (pane) => pane !== this && this.close());
    on('letters', () => !this.node.hidden && this.load());
    this.node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !event.defaultPrevented) this.close();
    });
  }

  toggle() {
    return this.node.hidden ? this.open() : this.close();
  }

  open() {
    emit('pane', this);
    if (store.place.thread) go({ ...store.place, thread: null });
    this.node.hidden = false;
    document.body.classList.add('with-mailbox');
    if (!this.list) this.build();
    this.node.querySelector('button').focus();
    return this.load();
  }

  close() {
    this.node.hidden = true;
    document.body.classList.remove('with-mailbox');
  }

  build() {
    const shut = h(
      'button.icon-button',
      { 'type': 'button', 'aria-label': t('Close the mail'), 'onclick': () => this.close() },
      icon('close'),
    );
    const facts = h('p.head-facts', {}, t('what reached them by e-mail; nothing leaves this machine'));
    const words = h('div.head-words', {}, h('h2', {}, t('The customers’ mail')), facts);
    this.list = h('ul.letters', {});
    fill(this.node, h('header.head', {}, words, shut), this.list);
  }

  async load() {
    const { letters = [] } = await read('letters');
    const empty = h('li.empty', {}, t('No mail has come yet. Send a document by e-mail, or a reminder.'));
    fill(this.list, letters.length ? letters.map((letter) => this.row(letter)) : empty);
  }

  /** One mail, folded; what is open stays open when more come. */
  row(letter) {
    const head = h(
      'summary.letter-head',
      {},
      h('strong', {}, letter.subject || t('(no subject)')),
      h('small', {}, `${letter.to.join(', ')} · ${shortMoment(Date.parse(letter.at) / 1000)}`),
    );
    const details = h('details.letter', { open: this.opened === letter.id }, head, body(letter));
    details.addEventListener('toggle', () => {
      if (details.open) this.opened = letter.id;
      else if (this.opened === letter.id) this.opened = null;
    });
    return h('li', {}, details);
  }
}

function body(letter) {
  const fact = (name, value) => value && [h('dt', {}, name), h('dd', {}, value)];
  const facts = h(
    'dl.letter-facts',
    {},
    fact(t('From'), letter.from),
    fact(t('To'), letter.to.join(', ')),
    fact(t('Answers go to'), letter.reply_to),
  );
  const files = letter.files.map((file) =>
    fileCard({ ...file, url: `/page/letters/${letter.id}/files/${file.n}/${encodeURIComponent(file.name)}` }),
  );
  return h(
    'div.letter-body',
    {},
    facts,
    letter.text && h('div.letter-text', {}, letter.text),
    letter.has_html && framed(letter),
    files.length > 0 && h('div.files', {}, files),
  );
}

/** A mail's own HTML: in a frame that may run, load and open nothing. */
const framed = (letter) =>
  h('iframe.letter-frame', {
    src: `/page/letters/${letter.id}/page`,
    sandbox: '',
    title: letter.subject,
    referrerpolicy: 'no-referrer',
  });
