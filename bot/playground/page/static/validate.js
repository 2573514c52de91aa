/** What Slack's client checks before it sends a form. Pure: a field in, a sentence or null out. */
import { t, tn } from './i18n.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

/** Whether a state object holds nothing. */
export function isEmpty(value) {
  const { type, ...rest } = value ?? {};
  return Object.entries(rest).every(([name, held]) => {
    if (name === 'timezone') return true;
    if (name === 'rich_text_value') return !held?.elements?.length;
    if (Array.isArray(held)) return held.length === 0;
    return held === null || held === undefined || String(held).trim() === '';
  });
}

/** The sentence that stands under a field, or null when all is well. */
export function problemWith({ block, element, value }) {
  if (isEmpty(value)) return block.optional ? null : t('Please fill this in.');
  const check = CHECKS[element.type];
  return check ? check(element, value) : null;
}

const CHECKS = {
  plain_text_input: (element, { value }) => lengthProblem(element, value),
  rich_text_input: () => null,
  email_text_input: (_, { value }) => (EMAIL.test(value.trim()) ? null : t('This is not an e-mail address.')),
  url_text_input: (_, { value }) =>
    isAddress(value) ? null : t('This is not a web address. It begins with https:// or http://.'),
  number_input: (element, { value }) => numberProblem(element, value),
};

function lengthProblem(element, value) {
  const length = [...value].length;
  if (element.min_length && length < element.min_length) {
    return tn('At least {n} character, please.', 'At least {n} characters, please.', element.min_length);
  }
  const most = element.max_length ?? 3000;
  return length > most ? tn('At most {n} character, please.', 'At most {n} characters, please.', most) : null;
}

function numberProblem(element, raw) {
  const text = String(raw).trim().replace(',', '.');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) return t('This is not a number.');
  const number = Number(text);
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return t('A whole number, please.');
  if (element.min_value !== undefined && number < Number(element.min_value))
    return t('At least {least}, please.', { least: element.min_value });
  if (element.max_value !== undefined && number > Number(element.max_value))
    return t('At most {most}, please.', { most: element.max_value });
  return null;
}

function isAddress(text) {
  try {
    return ['http:', 'https:'].includes(new URL(text.trim()).protocol);
  } catch (problem) {
    if (problem instanceof TypeError) return false;
    throw problem;
  }
}

/** {block_id: sentence} for every input block of a surface that is not well filled in. */
export function problemsOf(fields) {
  const sentences = {};
  for (const field of fields) {
    if (field.block.type !== 'input') continue;
    const sentence = problemWith(field);
    if (sentence) sentences[field.block.block_id] ??= sentence;
  }
  return sentences;
}
