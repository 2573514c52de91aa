/** What the page knows: who one is, the workspace, and the place that is shown. Changes are told by events. */
import { act, actAs, read } from './api.js';
import { EMOJI } from './emojitable.js';
import { speak, t } from './i18n.js';
import { setReader } from './reader.js';
import { toast } from './toast.js';

export const store = {
  as: '',
  workspace: null,
  place: { channel: null, thread: null, tab: null, message: null },
  drafts: new Map(),
  online: true,
};

const listeners = new Map();

/** Calls `fn` when told: 'workspace', 'place', 'channel', 'thread', 'views', 'home', 'online', 'command'. */
export function on(event, fn) {
  listeners.set(event, [...(listeners.get(event) ?? []), fn]);
}

export function emit(event, facts) {
  for (const fn of listeners.get(event) ?? []) fn(facts);
}

/** Writes tombstones; nobody one could be or write to. */
const SLACKBOT = 'USLACKBOT';

let clockAhead = 0;
let newest = null;

/** The workspace's time in ms: the server's clock, carried on by ours. */
export const now = () => Date.now() + clockAhead;

/** Reads the workspace; false when the server would not tell. Of several readings the last one counts. */
export function loadWorkspace() {
  const reading = (async () => {
    const answer = await read('workspace');
    return reading === newest ? take(answer) : newest;
  })();
  newest = reading;
  return reading;
}

function take(answer) {
  if (answer.ok === false) {
    toast(answer.error, 'trouble');
    return false;
  }
  const people = answer.people.map((person) => ({
    ...person,
    handle: person.name,
    name: person.real_name || person.name,
  }));
  const known = people.filter((one) => one.id !== SLACKBOT);
  store.workspace = { ...answer, people: known };
  store.as = answer.me.id;
  actAs(store.as);
  clockAhead = Date.parse(answer.clock.now) - Date.now();
  index(people);
  emit('workspace');
  return true;
}

let byId = { people: new Map(), channels: new Map(), groups: new Map() };

function index(everybody) {
  const { people, channels, usergroups = [], emoji } = store.workspace;
  const signs = Object.assign(Object.create(null), EMOJI, emoji);
  const map = (things) => new Map(things.map((one) => [one.id, one]));
  byId = { people: map(everybody), channels: map(channels), groups: map(usergroups) };
  const me = myself();
  speak(me.language ?? me.locale);
  setReader({
    me: me.id,
    locale: me.locale,
    tz: me.tz,
    now,
    person,
    channel,
    people: () => people,
    channels: () => channels,
    currentChannel: () => store.place.channel,
    group: (id) => byId.groups.get(id)?.handle ?? null,
    emoji: (name) => signs[name] ?? null,
  });
}

export const person = (id) => byId.people.get(id) ?? null;
export const channel = (id) => byId.channels.get(id) ?? null;
export const myself = () => person(store.as) ?? store.workspace.me;
export const isBot = (id) => Boolean(store.workspace.bots?.some((bot) => bot.user_id === id));

/** A conversation's name as this person sees it. */
export function nameOf(conversation) {
  if (conversation.kind === 'im') return person(conversation.peer)?.name ?? conversation.name;
  if (conversation.kind !== 'mpim') return conversation.name;
  const handles = conversation.name.replace(/^mpdm-|-\d+$/g, '').split('--');
  const others = handles
    .map((handle) => store.workspace.people.find((one) => one.handle === handle))
    .filter((one) => one && one.id !== store.as);
  return others.length ? others.map((one) => one.name).join(', ') : conversation.name;
}

/** The app behind a direct message, if it is one. */
export const botOf = (conversation) =>
  conversation?.kind === 'im'
    ? (store.workspace.bots?.find((bot) => bot.user_id === conversation.peer) ?? null)
    : null;

/** Shows another place; thread and message that are not named are left, so is the tab with its channel. */
export function go(place, { replace = false } = {}) {
  const { channel, tab } = store.place;
  const stays = (place.channel ?? channel) === channel;
  store.place = { channel, thread: null, tab: stays ? tab : null, message: null, ...place };
  const address = addressOf(store.as, store.place);
  const same = address === location.pathname + location.search;
  history[replace || same ? 'replaceState' : 'pushState']({}, '', address);
  emit('place');
}

/** The page's address for a person at a place. */
export function addressOf(as, { channel: c, thread, tab, message } = {}) {
  const facts = { as, c, t: thread, tab, m: message };
  return `/?${new URLSearchParams(Object.entries(facts).filter(([, value]) => value))}`;
}

/** The place that an address names. */
export function placeIn(query) {
  const facts = new URLSearchParams(query);
  return { channel: facts.get('c'), thread: facts.get('t'), tab: facts.get('tab'), message: facts.get('m') };
}

/** Does something as this person and shows its refusal. */
export async function doing(what, facts) {
  const answer = await act(what, facts);
  if (answer.ok === false && answer.error) toast(answer.error, 'trouble');
  return answer;
}

/** Opens the direct message with these people. */
export async function openDirect(users) {
  const known =
    users.length === 1 && store.workspace.channels.find((one) => one.kind === 'im' && one.peer === users[0]);
  if (known) return go({ channel: known.id });
  const answer = await doing('open', { users });
  if (answer.ok === false) return undefined;
  await loadWorkspace();
  return go({ channel: answer.channel?.id ?? answer.channel });
}

/** Follows a mention of a person, an app or a channel. */
export function follow({ personId, channelId }) {
  if (channelId && channel(channelId)) go({ channel: channelId });
  else if (channelId) toast(t('You cannot see this channel.'));
  else if (personId && personId !== store.as) openDirect([personId]);
}
