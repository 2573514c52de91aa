/** Who reads: their time zone, locale and what names mean to them. The renderers ask here. */

const nobody = {
  me: '',
  locale: 'en-US',
  tz: 'UTC',
  now: () => Date.now(),
  people: () => [],
  channels: () => [],
  currentChannel: () => null,
  person: () => null,
  channel: () => null,
  group: () => null,
  emoji: () => null,
};

export const reader = { ...nobody };

/** Takes over facts about the reader; what is not given stays. */
export function setReader(facts) {
  Object.assign(reader, facts);
  reader.locale = usable(reader.locale, (locale) => new Intl.DateTimeFormat(locale), 'en-US');
  reader.tz = usable(reader.tz, (tz) => new Intl.DateTimeFormat('en', { timeZone: tz }), 'UTC');
}

function usable(value, attempt, otherwise) {
  try {
    attempt(value);
    return value || otherwise;
  } catch (problem) {
    if (problem instanceof RangeError) return otherwise;
    throw problem;
  }
}
