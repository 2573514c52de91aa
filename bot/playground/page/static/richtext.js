/** rich_text blocks as DOM, and the way between them and the marks that a person types. */
import { h } from './dom.js';
import { parse } from './mrkdwn.js';
import { channelLink, dateToken, emoji, link, mention } from './text.js';
import { reader } from './reader.js';

/** A rich_text block as a block element. */
export function richText(block) {
  return h('div.text.rich', {}, gathered(block.elements ?? []).map(part));
}

/** Lists that follow each other belong together; each group is one entry. */
function gathered(elements) {
  const groups = [];
  for (const element of elements) {
    const last = groups[groups.length - 1];
    if (element.type === 'rich_text_list' && Array.isArray(last)) last.push(element);
    else groups.push(element.type === 'rich_text_list' ? [element] : element);
  }
  return groups;
}

function part(element) {
  if (Array.isArray(element)) return h('div.rich-lists', {}, element.map(list));
  const kids = (element.elements ?? []).map(piece);
  if (element.type === 'rich_text_preformatted') return h('pre', {}, kids);
  if (element.type === 'rich_text_quote') return h('blockquote', {}, kids);
  return h('p', {}, kids);
}

function list(element) {
  const ordered = element.style === 'ordered';
  const attributes = {
    class: element.border && 'rich-border',
    dataset: { indent: Math.min(element.indent ?? 0, 8) },
  };
  if (ordered && element.offset) attributes.start = element.offset + 1;
  const items = (element.elements ?? []).map((section) => h('li', {}, (section.elements ?? []).map(piece)));
  return h(ordered ? 'ol' : 'ul', attributes, items);
}

function piece(element) {
  return styled(element.style, face(element));
}

function face(element) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return link(element.url, element.text || element.url);
    case 'user':
      return mention(element.user_id);
    case 'channel':
      return channelLink(element.channel_id);
    case 'usergroup':
      return h(
        'span.mention',
        {},
        `@${(reader.group(element.usergroup_id) ?? element.usergroup_id).replace(/^@/, '')}`,
      );
    case 'broadcast':
      return h('span.mention.mention-me', {}, `@${element.range}`);
    case 'emoji':
      return element.unicode && !reader.emoji(element.name)
        ? fromUnicode(element.unicode)
        : emoji(element.name, element.skin_tone);
    case 'date':
      return dateToken(element);
    case 'color':
      return h(
        'span.rich-color',
        {},
        h('i', { style: { '--swatch': String(element.value) } }),
        element.value,
      );
    default:
      return element.text ?? '';
  }
}

function fromUnicode(codes) {
  const points = codes.split('-').map((code) => Number.parseInt(code, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : '';
}

function styled(style = {}, node) {
  const tags = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' };
  return Object.entries(tags).reduce(
    (inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner),
    node,
  );
}

const LIST = /^(?:[-•*] |(\d+)[.)] )(.*)$/;

/** What a person typed with *marks*, as a rich_text block. */
export function fromTyped(text) {
  const elements = [];
  for (const block of parse(encodeSigns(text))) {
    if (block.t === 'pre')
      elements.push({ type: 'rich_text_preformatted', elements: leaves(block.kids, {}) });
    else if (block.t === 'quote')
      elements.push({ type: 'rich_text_quote', elements: leaves(block.kids, {}) });
    else elements.push(...sections(leaves(block.kids, {})));
  }
  return { type: 'rich_text', elements };
}

const encodeSigns = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Pieces cut into lines; lines that begin as list items become lists. */
function sections(pieces) {
  const out = [];
  let open = [];
  const flush = () => {
    if (open.length) out.push({ type: 'rich_text_section', elements: open });
    open = [];
  };
  for (const line of lines(pieces)) {
    const match = line[0]?.type === 'text' && !line[0].style ? line[0].text.match(LIST) : null;
    if (!match) {
      if (open.length) open.push({ type: 'text', text: '\n' });
      open.push(...line);
      continue;
    }
    flush();
    const style = match[1] ? 'ordered' : 'bullet';
    const item = {
      type: 'rich_text_section',
      elements: [...(match[2] ? [{ type: 'text', text: match[2] }] : []), ...line.slice(1)],
    };
    const last = out[out.length - 1];
    if (last?.type === 'rich_text_list' && last.style === style) last.elements.push(item);
    else out.push({ type: 'rich_text_list', style, indent: 0, border: 0, elements: [item] });
  }
  flush();
  return out;
}

function lines(pieces) {
  const out = [[]];
  for (const one of pieces) {
    const parts = one.type === 'text' ? one.text.split('\n') : [null];
    parts.forEach((text, at) => {
      if (at) out.push([]);
      if (text === null) out[out.length - 1].push(one);
      else if (text) out[out.length - 1].push({ ...one, text });
    });
  }
  return out;
}

function leaves(kids, style) {
  return kids.flatMap((kid) => {
    const own = Object.keys(style).length ? { style } : {};
    if (kid.t === 'text') return [{ type: 'text', text: kid.text, ...own }];
    if (kid.t === 'link') return [{ type: 'link', url: kid.url, ...own }];
    if (kid.t === 'emoji') return [{ type: 'emoji', name: kid.name }];
    if (['bold', 'italic', 'strike', 'code'].includes(kid.t))
      return leaves(kid.kids, { ...style, [kid.t]: true });
    return [];
  });
}

/** A rich_text block as a person would have typed it. */
export function toTyped(block) {
  return (block?.elements ?? [])
    .map(typedPart)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

function typedPart(element) {
  const inner = (elements) => (elements ?? []).map(typedPiece).join('');
  if (element.type === 'rich_text_preformatted') return `\`\`\`${inner(element.elements)}\`\`\``;
  if (element.type === 'rich_text_quote')
    return inner(element.elements)
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n');
  if (element.type !== 'rich_text_list') return inner(element.elements);
  return element.elements
    .map((section, at) => (element.style === 'ordered' ? `${at + 1}. ` : '- ') + inner(section.elements))
    .join('\n');
}

function typedPiece(element) {
  if (element.type === 'emoji') return `:${element.name}:`;
  if (element.type === 'link') return element.url;
  if (element.type === 'user') return `@${reader.person(element.user_id)?.name ?? element.user_id}`;
  if (element.type === 'channel') return `#${reader.channel(element.channel_id)?.name ?? element.channel_id}`;
  const marks = { bold: '*', italic: '_', strike: '~', code: '`' };
  return Object.entries(marks).reduce(
    (text, [name, mark]) => (element.style?.[name] ? mark + text + mark : text),
    element.text ?? element.fallback ?? '',
  );
}
