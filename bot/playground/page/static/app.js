/** The page: puts its parts together, listens to the server, and takes the keys that work everywhere. */
import { listen, actAs } from './api.js';
import { jump } from './choosers.js';
import { Conversation, ThreadPane } from './conversation.js';
import { debounce, fill, h } from './dom.js';
import { view } from './files.js';
import { t } from './i18n.js';
import { logo } from './icons.js';
import { MailboxPane } from './mailbox.js';
import { Modal } from './modal.js';
import { said } from './served.js';
import { Sidebar } from './sidebar.js';
import { SlackbotPane } from './slackbot.js';
import { channel, emit, follow, go, loadWorkspace, placeIn, store } from './store.js';
import { toast } from './toast.js';
import { themeSet, TopBar, useTheme } from './topbar.js';
import { Tour } from './tour.js';

const REMEMBERED = 'zaplecze.as';
const BESIDE = 'zaplecze.beside';

/** Whether this window was opened beside another, as somebody else: who one is stays with the first. */
const isBeside = () => new URLSearchParams(location.search).has('beside') || sessionStorage.getItem(BESIDE);

async function begin() {
  useTheme(themeSet());
  const wanted = new URLSearchParams(location.search).get('as') ?? localStorage.getItem(REMEMBERED) ?? '';
  actAs(wanted);
  if (!(await loadWorkspace())) {
    actAs('');
    if (!wanted || !(await loadWorkspace())) return retry();
  }
  if (isBeside()) sessionStorage.setItem(BESIDE, 'yes');
  else localStorage.setItem(REMEMBERED, store.as);
  build();
  goToFirst();
  hear();
  return undefined;
}

function retry() {
  fill(
    document.body,
    h(
      'main.starting',
      {},
      logo(56),
      h('p', {}, t('The playground cannot be reached.')),
      h('button.button.button-primary', { type: 'button', onclick: () => location.reload() }, t('Try again')),
    ),
  );
}

const parts = {};

function build() {
  const closeMenu = () => document.body.classList.remove('with-menu');
  const toggleMenu = () => {
    document.body.classList.toggle('with-menu');
    if (document.body.classList.contains('with-menu'))
      parts.sidebar.node.querySelector('[aria-current], .side-row')?.focus();
  };
  parts.slackbot = new SlackbotPane();
  parts.mailbox = new MailboxPane();
  parts.topbar = new TopBar({
    onslackbot: () => parts.slackbot.toggle(),
    onmail: () => parts.mailbox.toggle(),
  });
  parts.sidebar = new Sidebar({ onchoose: closeMenu });
  parts.conversation = new Conversation({ onmenu: toggleMenu });
  parts.thread = new ThreadPane();
  parts.modal = new Modal();
  parts.tour = new Tour({
    onwrite: (text) => parts.conversation.write(text),
    onnewest: () => parts.conversation.newest(),
  });
  const veil = h('div.veil', { onclick: closeMenu });
  fill(
    document.body,
    h('a.skip', { href: '#conversation' }, t('To the conversation')),
    parts.topbar.node,
    parts.tour.node,
    h(
      'div.columns',
      {},
      parts.sidebar.node,
      parts.conversation.node,
      parts.thread.node,
      parts.slackbot.node,
      parts.mailbox.node,
      veil,
    ),
  );
  document.addEventListener('keydown', (event) => event.key === 'Escape' && closeMenu());
  emit('workspace');
}

function goToFirst() {
  const wanted = placeIn(location.search);
  const { channels } = store.workspace;
  const first =
    channels.find((one) => one.is_member && one.kind === 'public' && one.unread) ??
    channels.find((one) => one.is_member && one.kind === 'public') ??
    channels.find((one) => one.is_member);
  if (wanted.channel && channel(wanted.channel)) go(wanted, { replace: true });
  else go({ channel: first?.id ?? null }, { replace: true });
  parts.modal.load();
}

const reloadWorkspace = debounce(loadWorkspace, 60);

function hear() {
  let cut = false;
  listen({
    onframe: (frame) => {
      for (const what of frame.changed ?? []) changed(what);
      if (frame.toast) toast(said(frame.toast), 'trouble');
    },
    onstate: (open) => {
      store.online = open;
      emit('online');
      if (open && cut) catchUp();
      else if (open) loadWorkspace(); // what changed before anything was heard
      cut = !open;
    },
  });
}

/** Reads again what the server says has changed. */
function changed(what) {
  const [kind, ...key] = what.split(':');
  if (kind === 'workspace') reloadWorkspace();
  else if (kind === 'channel') {
    emit('channel', key[0]);
    reloadWorkspace();
  } else if (kind === 'thread') emit('thread', key.join(':'));
  else if (kind === 'views') parts.modal.load();
  else if (kind === 'home') emit('home');
  else if (kind === 'letters') emit('letters');
}

function catchUp() {
  loadWorkspace();
  emit('channel', store.place.channel);
  parts.modal.load();
  emit('home');
}

window.addEventListener('popstate', () => {
  store.place = placeIn(location.search);
  emit('place');
});

// A file dropped anywhere belongs to the conversation that is shown, and never takes the page's place.
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  if (event.defaultPrevented) return;
  event.preventDefault();
  if (event.dataTransfer.files.length) parts.conversation?.composer?.attach(event.dataTransfer.files);
});

document.addEventListener('visibilitychange', () => !document.hidden && parts.conversation?.list?.markRead());

document.addEventListener('keydown', (event) => {
  if (
    (event.ctrlKey || event.metaKey) &&
    event.key.toLowerCase() === 'k' &&
    !document.querySelector('dialog[open]')
  ) {
    event.preventDefault();
    jump();
  }
});

document.addEventListener('click', (event) => {
  const mention = event.target.closest?.('.mention');
  if (mention) follow({ personId: mention.dataset.person, channelId: mention.dataset.channel });
  const link = event.target.closest?.('a[href]');
  if (!link || link.download || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = placeOf(link);
  const file = fileOf(link);
  if (place || file) event.preventDefault();
  if (place) go(place);
  else if (file) view(file);
});

/** The place that a message's permalink means (ours, or Slack's /archives/C1/p1700000000000100). */
function placeOf(link) {
  const url = new URL(link.href, location.href);
  const archive = url.pathname.match(/^\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/);
  if (archive && channel(archive[1])) {
    const message = archive[2] ? `${archive[2]}.${archive[3]}` : null;
    const thread = url.searchParams.get('thread_ts');
    return { channel: archive[1], message, thread: thread && thread !== message ? thread : null };
  }
  if (url.origin !== location.origin || url.pathname !== '/' || url.searchParams.get('as')) return null;
  const place = placeIn(url.search);
  return place.channel && channel(place.channel) ? place : null;
}

const KINDS = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  txt: 'text/plain',
  csv: 'text/csv',
};

/** The file that a file's permalink means. */
function fileOf(link) {
  const match = new URL(link.href, location.href).pathname.match(
    /^\/files\/[A-Z0-9]+\/(F[A-Z0-9]+)\/([^/]+)$/,
  );
  if (!match) return null;
  const name = decodeURIComponent(match[2]);
  return { id: match[1], name, mimetype: KINDS[name.split('.').pop().toLowerCase()] };
}

begin();
