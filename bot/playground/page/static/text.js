/** Text objects and mrkdwn trees as DOM, in the reader's names, zone and locale. */
import { fullMoment, slackDate } from './dates.js';
import { h, safeUrl } from './dom.js';
import { inline, parse } from './mrkdwn.js';
import { reader } from './reader.js';

const TAGS = { bold: 'strong', italic: 'em', strike: 's' };

/** mrkdwn as a block element; emoji alone stand out in a message, and not in a block of a card. */
export function mrkdwn(text, options) {
  const blocks = parse(text, options);
  const big = !options?.inBlock && bigEmoji(blocks);
  return h('div.text', { class: big && 'text-big' }, blocks.map(block));
}

function block(node) {
  if (node.t === 'pre') return h('pre', {}, pieces(node.kids));
  if (node.t === 'quote') return h('blockquote', {}, pieces(node.kids));
  return h('p', {}, pieces(node.kids));
}

function bigEmoji(blocks) {
  if (blocks.length !== 1 || blocks[0].t !== 'para') return false;
  const kids = blocks[0].kids.filter((kid) => kid.t !== 'text' || kid.text.trim());
  return (
    kids.length > 0 && kids.length <= 6 && kids.every((kid) => kid.t === 'emoji' && reader.emoji(kid.name))
  );
}

/** Slack's text object: {type: 'plain_text' | 'mrkdwn', text}. */
export function textObject(object) {
  if (!object) return null;
  if (typeof object === 'string') return h('div.text', {}, plain(object));
  if (object.type === 'mrkdwn') return mrkdwn(object.text, { verbatim: object.verbatim, inBlock: true });
  return h('div.text', {}, plain(object.text, object.emoji !== false));
}

/** Plain text as inline nodes; :names: become emoji unless told otherwise. */
export function plain(text, withEmoji = true) {
  const whole = String(text ?? '');
  if (!withEmoji) return [whole];
  return whole.split(/(:[a-z0-9_+'-]+:(?::skin-tone-[2-6]:)?)/i).map((part, at) => {
    if (at % 2 === 0) return part;
    const [, name, tone] = part.match(/^:([^:]+):(?::skin-tone-([2-6]):)?$/);
    return reader.emoji(name.toLowerCase()) ? emoji(name.toLowerCase(), tone, part) : part;
  });
}

/** The plain text of a text object, for labels and names. */
export function wordsOf(object) {
  const text = typeof object === 'string' ? object : (object?.text ?? '');
  if (object?.type === 'mrkdwn') return mrkdwn(text).textContent;
  return plain(text)
    .map((part) => part.textContent ?? part)
    .join('');
}

export const pieces = (kids) => kids.map(piece);

function piece(node) {
  switch (node.t) {
    case 'text':
      return node.text;
    case 'bold':
    case 'italic':
    case 'strike':
      return h(TAGS[node.t], {}, pieces(node.kids));
    case 'code':
      return h('code', {}, pieces(node.kids));
    case 'link':
      return link(node.url, pieces(node.kids));
    case 'user':
      return mention(node.id, node.label);
    case 'channel':
      return channelLink(node.id, node.label);
    case 'group':
      return h('span.mention', {}, `@${(reader.group(node.id) ?? node.label ?? node.id).replace(/^@/, '')}`);
    case 'broadcast':
      return h('span.mention.mention-me', {}, `@${node.range}`);
    case 'date':
      return dateToken(node);
    case 'emoji':
      return emoji(node.name, node.tone, node.raw);
    default:
      return '';
  }
}

/** A link, or only its label when the address is not safe to follow. */
export function link(url, label) {
  const href = safeUrl(url);
  if (!href) return h('span', {}, label);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

export function mention(id, label) {
  const person = reader.person(id);
  const name = person?.name ?? label ?? id;
  return h(
    'button.mention',
    { type: 'button', class: id === reader.me && 'mention-me', dataset: { person: id } },
    `@${name}`,
  );
}

export function channelLink(id, label) {
  const name = reader.channel(id)?.name ?? label ?? id;
  return h('button.mention', { type: 'button', dataset: { channel: id } }, `#${name}`);
}

export function dateToken({ timestamp, format, url, fallback }) {
  const shown = slackDate(timestamp, format);
  const known = shown !== null;
  const face = h(
    'time',
    { title: known ? fullMoment(Number(timestamp)) : null },
    known ? shown : (fallback ?? ''),
  );
  return url ? link(url, face) : face;
}

const TONES = { 2: '\u{1f3fb}', 3: '\u{1f3fc}', 4: '\u{1f3fd}', 5: '\u{1f3fe}', 6: '\u{1f3ff}' };

/** An emoji by its name; the name itself when the workspace has none. */
export function emoji(name, tone, raw = `:${name}:`) {
  const sign = reader.emoji(name);
  if (!sign) return raw;
  return h(
    'span.emoji',
    { 'role': 'img', 'aria-label': `:${name}:`, 'title': `:${name}:` },
    sign + (TONES[tone] ?? ''),
  );
}

/** mrkdwn without its marks, in one line: previews, announcements. */
export function summary(text, length = 140) {
  const flat = h('span', {}, pieces(inline(String(text ?? '').replace(/```/g, ''))))
    .textContent.replace(/\s+/g, ' ')
    .trim();
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}
