/** Standard Markdown, as Slack's `markdown` block takes it: headings, lists, tasks, tables, quotes, code, links. */
import { h } from './dom.js';
import { emoji, link } from './text.js';
import { reader } from './reader.js';

const ITEM = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;
const RULE = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** A markdown text as a block element. */
export function markdown(text) {
  const lines = String(text ?? '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  return h('div.text.markdown', {}, blocks(lines, 0));
}

function blocks(lines, depth) {
  const out = [];
  for (let at = 0; at < lines.length;) {
    const [node, used] = block(lines, at, depth);
    if (node) out.push(node);
    at += used;
  }
  return out;
}

function block(lines, at, depth) {
  const line = lines[at];
  if (!line.trim()) return [null, 1];
  if (/^\s*(```|~~~)/.test(line)) return fence(lines, at);
  const heading = line.match(/^(#{1,6})\s+(.*?)\s*#*$/);
  if (heading)
    return [
      h(
        'p.heading',
        { 'role': 'heading', 'aria-level': heading[1].length + 2, 'dataset': { level: heading[1].length } },
        inline(heading[2]),
      ),
      1,
    ];
  if (RULE.test(line)) return [h('hr', {}), 1];
  if (/^\s*>/.test(line) && depth < 6) return quote(lines, at, depth);
  if (ITEM.test(line) && depth < 6) return list(lines, at, depth);
  if (line.includes('|') && TABLE_RULE.test(lines[at + 1] ?? '')) return table(lines, at);
  return paragraph(lines, at);
}

function run(lines, at, belongs) {
  let end = at;
  while (end < lines.length && belongs(lines[end], end)) end += 1;
  return lines.slice(at, end);
}

function fence(lines, at) {
  const mark = lines[at].trim().slice(0, 3);
  const body = run(lines, at + 1, (line) => line.trim() !== mark);
  return [h('pre', {}, body.join('\n')), body.length + 2];
}

function quote(lines, at, depth) {
  const body = run(lines, at, (line) => /^\s*>/.test(line));
  return [
    h(
      'blockquote',
      {},
      blocks(
        body.map((line) => line.replace(/^\s*> ?/, '')),
        depth + 1,
      ),
    ),
    body.length,
  ];
}

function list(lines, at, depth) {
  const [, indent, , number] = lines[at].match(ITEM);
  const belongs = (line, here) =>
    here === at ||
    (line.trim() &&
      (ITEM.test(line) || /^\s{2,}/.test(line)) &&
      sameList(line, indent.length, Boolean(number)));
  const body = run(lines, at, belongs);
  const node = h(number ? 'ol' : 'ul', { start: number && number !== '1' ? number : null });
  for (let here = 0; here < body.length;) {
    const [, , , , task, text] = body[here].match(ITEM);
    const inner = run(body, here + 1, (line) => line.match(/^\s*/)[0].length > indent.length);
    node.append(item(task, text, inner, depth));
    here += inner.length + 1;
  }
  return [node, body.length];
}

function sameList(line, indent, ordered) {
  const depth = line.match(/^\s*/)[0].length;
  if (depth > indent) return true;
  const match = line.match(ITEM);
  return depth === indent && Boolean(match) && Boolean(match[3]) === ordered;
}

function item(task, text, inner, depth) {
  const done = task && task !== ' ';
  const box = task ? h('input', { type: 'checkbox', disabled: true, checked: done }) : null;
  return h('li', { class: task && 'task' }, box, inline(text), blocks(inner, depth + 1));
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());

function table(lines, at) {
  const aligns = cells(lines[at + 1]).map((rule) =>
    rule.endsWith(':') ? (rule.startsWith(':') ? 'center' : 'right') : 'left',
  );
  const rows = run(lines, at + 2, (line) => line.includes('|'));
  const row = (line, tag) =>
    h(
      'tr',
      {},
      cells(line).map((cell, column) =>
        h(tag, { dataset: { align: aligns[column] ?? 'left' } }, inline(cell)),
      ),
    );
  const node = h(
    'table',
    {},
    h('thead', {}, row(lines[at], 'th')),
    h(
      'tbody',
      {},
      rows.map((line) => row(line, 'td')),
    ),
  );
  return [h('div.table-scroll', { tabindex: 0 }, node), rows.length + 2];
}

function paragraph(lines, at) {
  const starts = (line, here) =>
    here > at &&
    (!line.trim() || /^\s*(#{1,6}\s|>|```|~~~)/.test(line) || ITEM.test(line) || RULE.test(line));
  const body = run(lines, at, (line, here) => !starts(line, here));
  return [h('p', {}, inline(body.join('\n'))), body.length];
}

const PIECES = [
  [/^\\([\\`*_{}[\]()#+\-.!|~>])/, (m) => m[1]],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (m) => h('code', {}, m[2].trim())],
  [/^!\[([^\]]*)\]\(([^()\s]+)\)/, (m) => link(m[2], m[1] || m[2])],
  [/^\[([^\]]+)\]\(((?:[^()\s]|\([^()\s]*\))+)(?:\s+"[^"]*")?\)/, (m, d) => link(m[2], inline(m[1], d))],
  [/^<(https?:\/\/[^>\s]+)>/, (m) => link(m[1], m[1])],
  [/^https?:\/\/[^\s<>()]+[^\s<>().,;:!?'"]/, (m) => link(m[0], m[0])],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (m, d) => h('strong', {}, inline(m[2], d))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (m, d) => h('s', {}, inline(m[1], d))],
  [/^\*(?=[^\s*])([^*]*[^\s*])\*(?!\*)/, (m, d) => h('em', {}, inline(m[1], d))],
  [/^_(?=[^\s_])([^_]*[^\s_])_(?![\p{L}\p{N}])/u, (m, d) => h('em', {}, inline(m[1], d))],
  [/^:([a-z0-9_+'-]+):/, (m) => (reader.emoji(m[1]) ? emoji(m[1]) : m[0])],
];
const QUIET = /^(?:[^\\`![<*_~:h]|(?<=[\p{L}\p{N}])[_h])+/u;
const WORD = /^[\p{L}\p{N}][\p{L}\p{N}_]*/u;

function inline(text, depth = 0) {
  const out = [];
  for (let rest = text; rest;) {
    const quiet = rest.match(QUIET);
    const [piece, used] = quiet ? [quiet[0], quiet[0].length] : sign(rest, depth);
    out.push(piece);
    rest = rest.slice(used);
  }
  return out;
}

function sign(rest, depth) {
  for (const [pattern, make] of depth < 5 ? PIECES : []) {
    const match = rest.match(pattern);
    if (match) return [make(match, depth + 1), match[0].length];
  }
  const word = rest.match(WORD)?.[0] ?? rest[0];
  return [word, word.length];
}
