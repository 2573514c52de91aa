/** One message of a conversation as a list item. */
import { avatar } from './avatars.js';
import { renderBlocks } from './blocks.js';
import { fullMoment, shortMoment, time } from './dates.js';
import { h } from './dom.js';
import { fileList } from './files.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { image } from './media.js';
import { reader } from './reader.js';
import { emoji, link, mrkdwn, plain, summary } from './text.js';

const SYSTEM = /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$/;

/** Who wrote it: {name, person, isApp}. */
export function authorOf(message) {
  const person = reader.person(message.user);
  const isApp = Boolean(message.bot_id || message.subtype === 'bot_message' || person?.is_bot);
  const name = message.username || (isApp && message.bot_profile?.name) || person?.name || t('Somebody');
  return {
    name,
    isApp,
    person: person ?? { id: message.bot_id ?? name, name },
    sign: message.icons?.emoji ?? message.icon_emoji,
  };
}

/** What a screen reader or a preview says of a message. */
export const wordsIn = (message) =>
  summary(message.text) ||
  (message.files?.length ? tn('{n} file', '{n} files', message.files.length) : t('a message'));

/**
 * The item. `grouped`: it follows one of the same author. `inThread`: it stands in a thread's pane.
 * `surface`: what its blocks are drawn on. `actions`: {thread, react, dismiss}.
 */
export function messageItem(message, { grouped, inThread, surface, actions }) {
  const author = authorOf(message);
  const seconds = Number(message.ts);
  const moment = h(
    'time.message-time',
    { title: fullMoment(seconds), datetime: new Date(seconds * 1000).toISOString() },
    time(seconds),
  );
  const head = grouped
    ? null
    : h('div.message-head', {}, h('strong.message-author', {}, author.name), badges(author), moment);
  const gutter = h('div.message-gutter', {}, grouped ? moment : face(author));
  const body = h(
    'div.message-body',
    {},
    note(message, actions),
    broadcastLine(message, inThread, actions),
    head,
    content(message, surface),
    reactions(message, actions),
    threadLine(message, inThread, actions),
    message.agent_status && h('p.message-note', {}, message.agent_status),
  );
  return h(
    'li.message',
    {
      'tabindex': -1,
      'dataset': { ts: message.ts },
      'aria-label': `${author.name}, ${time(seconds)}: ${wordsIn(message)}`,
      'class': [
        grouped && 'message-grouped',
        message.ephemeral && 'message-ephemeral',
        mentionsMe(message) && 'message-mentions',
      ]
        .filter(Boolean)
        .join(' '),
    },
    gutter,
    body,
  );
}

function face(author) {
  const sign = author.sign && reader.emoji(author.sign.replace(/:/g, ''));
  return sign ? h('span.avatar.avatar-emoji', { 'aria-hidden': 'true' }, sign) : avatar(author.person);
}

function badges({ isApp, person }) {
  return [
    isApp && h('span.badge', {}, t('APP')),
    (person.is_restricted || person.is_ultra_restricted) && h('span.badge', {}, t('guest')),
    person.status_emoji &&
      h('span.message-status', { title: person.status_text }, plain(person.status_emoji)),
  ];
}

const mentionsMe = (message) =>
  !message.ephemeral && message.user !== reader.me && String(message.text ?? '').includes(`<@${reader.me}>`);

function note(message, actions) {
  if (!message.ephemeral) return null;
  return h(
    'div.message-note',
    {},
    icon('eye', 14),
    t('Only visible to you'),
    h('button.link-button', { type: 'button', onclick: () => actions.dismiss(message) }, t('Dismiss')),
  );
}

function broadcastLine(message, inThread, actions) {
  if (message.subtype !== 'thread_broadcast' || inThread) return null;
  return h(
    'div.message-note',
    {},
    icon('reply', 14),
    h(
      'button.link-button',
      { type: 'button', onclick: () => actions.thread(message.thread_ts) },
      t('replied to a thread'),
    ),
  );
}

/** Text, blocks, attachments and files. */
function content(message, surface) {
  if (message.subtype === 'tombstone' || message.deleted)
    return h('p.message-gone', {}, t('This message was deleted.'));
  if (SYSTEM.test(message.subtype ?? '')) return h('div.message-system', {}, mrkdwn(message.text));
  const said = h('div.message-content', {}, words(message, surface));
  if (message.edited) markEdited(said, message.edited.ts);
  return [said, (message.attachments ?? []).map((one) => attachment(one, surface)), fileList(message.files)];
}

/** The mark stands behind the last word, where the message ends in a paragraph. */
function markEdited(said, ts) {
  const mark = h('span.message-edited', { title: fullMoment(Number(ts)) }, ` ${t('(edited)')}`);
  (said.querySelector(':scope > .text > p:last-child') ?? said).append(mark);
}

/** A person's message is drawn from its text, which keeps the marks they typed; an app's from its blocks. */
function words(message, surface) {
  const typed = message.client_msg_id && message.text;
  if (message.blocks?.length && !typed) return renderBlocks(message.blocks, surface);
  return message.text ? mrkdwn(message.text) : null;
}

function attachment(one, surface) {
  const fields = (one.fields ?? []).map((field) =>
    h('div', {}, h('strong', {}, field.title), mrkdwn(field.value)),
  );
  const inside = one.blocks?.length
    ? renderBlocks(one.blocks, surface)
    : [
        one.author_name && h('small', {}, one.author_name),
        one.title && h('strong', {}, one.title_link ? link(one.title_link, one.title) : one.title),
        one.text && mrkdwn(one.text),
        fields.length > 0 && h('div.section-fields', {}, fields),
        one.image_url && image(one.image_url, one.title ?? '', 'picture'),
        one.footer && h('small', {}, one.footer),
      ];
  const color = /^#?[0-9a-f]{6}$/i.test(one.color ?? '') ? `#${one.color.replace('#', '')}` : null;
  return [
    one.pretext && mrkdwn(one.pretext),
    h('div.attachment', { style: color ? { '--bar': color } : {} }, inside),
  ];
}

function reactions(message, actions) {
  if (!message.reactions?.length) return null;
  const one = ({ name, users = [], count }) => {
    const mine = users.includes(reader.me);
    const who = users.map((id) => reader.person(id)?.name ?? id).join(', ');
    const label = t('{who} reacted with {name}', { who, name: `:${name}:` });
    return h(
      'button.reaction',
      {
        'type': 'button',
        'aria-pressed': String(mine),
        'aria-label': label,
        'title': label,
        'onclick': () => actions.react(message, name, !mine),
      },
      plainEmoji(name),
      h('span', {}, count ?? users.length),
    );
  };
  const add = h(
    'button.reaction.reaction-add',
    {
      'type': 'button',
      'aria-label': t('Add a reaction'),
      'onclick': (event) => actions.pick(message, event.currentTarget),
    },
    icon('smile', 16),
  );
  return h('div.reactions', {}, message.reactions.map(one), add);
}

function plainEmoji(name) {
  const [base, tone] = name.split('::skin-tone-');
  return emoji(base, tone, `:${name}:`);
}

function threadLine(message, inThread, actions) {
  if (inThread || !message.reply_count) return null;
  const faces = (message.reply_users ?? [])
    .slice(0, 4)
    .map((id) => avatar(reader.person(id) ?? { id, name: id }, 22));
  const last =
    message.latest_reply &&
    h('span.thread-last', {}, t('last reply {when}', { when: shortMoment(Number(message.latest_reply)) }));
  return h(
    'button.thread-line',
    { type: 'button', onclick: () => actions.thread(message.ts) },
    faces,
    h('strong', {}, tn('{n} reply', '{n} replies', message.reply_count)),
    last,
  );
}
