/**
 * Slack's mrkdwn as a tree. `parse` gives blocks ({t: 'para' | 'quote' | 'pre', kids}), `inline` gives pieces:
 * text, bold, italic, strike, code, link, user, channel, group, broadcast, date, emoji.
 * Pure: knows no page and no people.
 */

const WORD = /[\p{L}\p{N}]/u;
const SPACE = /[\s\u200b]/;
const STYLES = { '*': 'bold', '_': 'italic', '~': 'strike' };
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

const ANGLE = /<([^<>\n]+)>/y;
const ENTITY = /&(?:amp|lt|gt);/y;
const EMOJI = /:([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?:/iy;
const ADDRESS = /https?:\/\/[^\s<>|`]+/y;

/** The blocks of a message text. */
export function parse(text, options = {}) {
  const blocks = [];
  String(text ?? '')
    .split(/```([\s\S]+?)```/)
    .forEach((part, at) => {
      if (at % 2) blocks.push({ t: 'pre', kids: plainPieces(part.replace(/^\n|\n$/g, '')) });
      else blocks.push(...paragraphs(part, options, at > 0));
    });
  return blocks;
}

function paragraphs(part, options, afterFence) {
  const blocks = [];
  const lines = part.split('\n');
  if (afterFence && lines[0].trim() === '') lines.shift();
  let run = [];
  let quoted = false;
  const flush = () => {
    if (run.length) blocks.push({ t: quoted ? 'quote' : 'para', kids: inline(run.join('\n'), options) });
    run = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const rest = lines[at].match(/^(?:&gt;|>){3} ?/);
    const mark = lines[at].match(/^(?:&gt;|>) ?/);
    if (Boolean(mark) !== quoted) {
      flush();
      quoted = Boolean(mark);
    }
    if (rest) {
      run.push(lines[at].slice(rest[0].length), ...lines.slice(at + 1));
      break;
    }
    run.push(mark ? lines[at].slice(mark[0].length) : lines[at]);
  }
  flush();
  return blocks.filter((block) => block.t === 'quote' || !blank(block.kids));
}

const blank = (kids) => kids.every((kid) => kid.t === 'text' && kid.text.trim() === '');

/** The pieces of one run of text. `verbatim`: bare addresses stay text. `depth` bounds nesting. */
export function inline(text, options = {}, depth = 0) {
  const scan = { text, at: 0, out: [], plain: '', options, depth, noCloser: {} };
  while (scan.at < text.length) step(scan);
  flushPlain(scan);
  return scan.out;
}

function step(scan) {
  const { text, at } = scan;
  const sign = text[at];
  if (sign === '<' && take(scan, ANGLE, (m) => angle(m[1]))) return;
  if (sign === '&' && take(scan, ENTITY, (m) => ENTITIES[m[0]])) return;
  if (sign === '`' && opensHere(scan) && code(scan)) return;
  if (sign in STYLES && scan.depth < 4 && opensHere(scan) && styled(scan)) return;
  if (
    sign === ':' &&
    take(scan, EMOJI, (m) => ({ t: 'emoji', name: m[1].toLowerCase(), tone: m[2], raw: m[0] }))
  )
    return;
  if (sign === 'h' && !scan.options.verbatim && !WORD.test(text[at - 1] ?? ' ') && address(scan)) return;
  scan.plain += sign;
  scan.at += 1;
}

function take(scan, pattern, make) {
  pattern.lastIndex = scan.at;
  const match = pattern.exec(scan.text);
  if (!match) return false;
  const piece = make(match);
  if (typeof piece === 'string') scan.plain += piece;
  else put(scan, piece);
  scan.at += match[0].length;
  return true;
}

function put(scan, piece) {
  flushPlain(scan);
  scan.out.push(piece);
}

function flushPlain(scan) {
  if (scan.plain) scan.out.push({ t: 'text', text: scan.plain });
  scan.plain = '';
}

/** A sign opens only at the edge of a word and before something that is no space. */
function opensHere({ text, at }) {
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  return (
    !WORD.test(before) &&
    before !== '\u200b' &&
    before !== text[at] &&
    !SPACE.test(after) &&
    after !== text[at]
  );
}

/** Where the sign at `scan.at` closes: on the same line, after no space, at the edge of a word; -1 if nowhere. */
function closer(scan) {
  const { text, at, noCloser } = scan;
  const sign = text[at];
  if (noCloser[sign] >= at) return -1;
  let to = at + 1;
  for (; to < text.length && text[to] !== '\n'; to += 1) {
    if (text[to] === '<') to = skipAngle(text, to);
    else if (text[to] === sign && !SPACE.test(text[to - 1]) && !WORD.test(text[to + 1] ?? ' ')) return to;
  }
  noCloser[sign] = to;
  return -1;
}

function skipAngle(text, at) {
  ANGLE.lastIndex = at;
  const match = ANGLE.exec(text);
  return match ? at + match[0].length - 1 : at;
}

function styled(scan) {
  const end = closer(scan);
  if (end < 0) return false;
  const kids = inline(scan.text.slice(scan.at + 1, end), scan.options, scan.depth + 1);
  put(scan, { t: STYLES[scan.text[scan.at]], kids });
  scan.at = end + 1;
  return true;
}

function code(scan) {
  const end = closer(scan);
  if (end < 0) return false;
  put(scan, { t: 'code', kids: plainPieces(scan.text.slice(scan.at + 1, end)) });
  scan.at = end + 1;
  return true;
}

function address(scan) {
  ADDRESS.lastIndex = scan.at;
  const match = ADDRESS.exec(scan.text);
  if (!match) return false;
  const shown = match[0].replace(/(?:[.,;:!?'"*_~)\]]|&gt;|&lt;)+$/, '');
  const url = shown.replace(/&amp;/g, '&');
  put(scan, { t: 'link', url, kids: [{ t: 'text', text: url }] });
  scan.at += shown.length;
  return true;
}

/** Text in which only entities and <links> mean something: code. */
function plainPieces(text) {
  const out = [];
  text.split(/(<[^<>\n]+>)/).forEach((part, at) => {
    if (at % 2) out.push(angle(part.slice(1, -1)));
    else if (part) out.push({ t: 'text', text: unescape(part) });
  });
  return out;
}

/** &amp; &lt; &gt; as the signs they stand for. */
export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

function angle(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescape(inside.slice(bar + 1));
  if (target.startsWith('@')) return { t: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { t: 'channel', id: target.slice(1), label };
  if (target.startsWith('!')) return special(target.slice(1), label);
  const url = unescape(target);
  const shown = label || url.replace(/^(mailto|tel):/, '');
  return { t: 'link', url, kids: [{ t: 'text', text: shown }] };
}

function special(target, label) {
  const [name, ...rest] = target.split('^');
  if (name === 'date') {
    return {
      t: 'date',
      timestamp: rest[0],
      format: rest[1] ?? '',
      url: rest[2] ? unescape(rest[2]) : null,
      fallback: label,
    };
  }
  if (name === 'subteam') return { t: 'group', id: rest[0], label };
  if (['here', 'channel', 'everyone'].includes(name)) return { t: 'broadcast', range: name };
  return { t: 'text', text: label ?? `<!${target}>` };
}
