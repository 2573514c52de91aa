/** Tools as forms, and which tool was meant: in place of the real Slackbot's understanding. */
import { fold } from './folding.js';

const LONG = 500;

/** A tool's schema as Block Kit: a field for each argument, and a button that calls it. */
export function formOf(tool, given, label) {
  const { properties = {}, required = [] } = tool.inputSchema ?? {};
  const typed = Object.entries(properties).filter(([, schema]) => !schema['x-chosen']);
  const fields = typed.map(([name, schema]) => ({
    type: 'input',
    block_id: name,
    optional: !required.includes(name),
    label: { type: 'plain_text', text: schema.title ?? name },
    hint: schema.description ? { type: 'plain_text', text: schema.description } : undefined,
    element: elementOf(name, schema, given[name]),
  }));
  const button = {
    type: 'button',
    action_id: `tool:${tool.name}`,
    style: 'primary',
    text: { type: 'plain_text', text: label },
    value: '{}',
  };
  const about = { type: 'section', text: { type: 'plain_text', text: tool.description ?? tool.name } };
  return [about, ...fields, { type: 'actions', block_id: 'call', elements: [button] }];
}

function elementOf(name, schema, value) {
  const action_id = `input:${name}`;
  if (schema.enum) {
    const options = schema.enum.map((one) => ({ text: { type: 'plain_text', text: one }, value: one }));
    return { type: 'static_select', action_id, options };
  }
  if (schema.format === 'date') return { type: 'datepicker', action_id, initial_date: value };
  const multiline = (schema.maxLength ?? 0) > LONG;
  return { type: 'plain_text_input', action_id, multiline, initial_value: value };
}

/** The tool that the words mean: {tool, arguments, complete}, or null. The longest stems win. */
export function guess(text, tools, { stems, values }) {
  const words = fold(text);
  const weight = (tool) =>
    (stems[tool.name] ?? []).reduce((sum, stem) => sum + (begins(words, fold(stem)) ? stem.length : 0), 0);
  const [best] = tools
    .map((tool) => ({ tool, weight: weight(tool) }))
    .filter((one) => one.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  if (!best) return null;
  return filled(text, best.tool, stems[best.tool.name], values[best.tool.name] ?? {});
}

const begins = (words, stem) => ` ${words.replace(/[^\p{L}\p{N}/-]+/gu, ' ')}`.includes(` ${stem}`);

/** What has a digit is a number, a capital a customer, the rest a subject; some words mean a value. */
function filled(text, tool, stems, values) {
  const { properties = {}, required = [] } = tool.inputSchema ?? {};
  const given = {};
  const number = text.match(/\S*\d\S*/)?.[0].replace(/[.,;:?!]+$/, '');
  if (number && 'number' in properties) given.number = number;
  for (const [name, meant] of Object.entries(values)) {
    const means = ([, words]) => words.some((stem) => begins(fold(text), fold(stem)));
    const [value] = Object.entries(meant).find(means) ?? [];
    if (value) given[name] = value;
  }
  const capital = text.match(/(?<=\s)\p{Lu}[^\s?!,]*(\s\p{Lu}[^\s?!,]*)*/u)?.[0];
  if ('about' in properties && (number ?? capital)) given.about = number ?? capital;
  const [open] = required.filter((name) => name !== 'number' && !properties[name].format);
  const rest = (open === 'name' && capital) || remainder(text, stems);
  if (open && rest && required.length === 1) given[open] = rest;
  return { tool, arguments: given, complete: required.every((name) => given[name]) };
}

/** What follows a colon, or the words of no stem. */
function remainder(text, stems) {
  const [, told] = text.match(/:\s+(.+)$/s) ?? [];
  if (told) return told;
  const parts = stems.flatMap((stem) => fold(stem).split(' '));
  const words = text.replace(/[?!]+$/, '').split(/\s+/);
  return words.filter((word) => !parts.some((part) => fold(word).startsWith(part))).join(' ');
}
