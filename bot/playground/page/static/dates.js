/** Moments as the reader writes them: Slack's date tokens, day separators, message times, zones. */
import { reader } from './reader.js';

const DAY = 86400;
const formats = new Map();

function format(seconds, options) {
  const key = `${reader.locale}|${reader.tz}|${JSON.stringify(options)}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(reader.locale, { timeZone: reader.tz, ...options }));
  }
  return formats.get(key).format(new Date(seconds * 1000));
}

/** The calendar day as YYYY-MM-DD in the reader's zone. */
export function isoDay(seconds, tz = reader.tz) {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: tz }).format(new Date(seconds * 1000));
}

/** The wall clock as HH:MM in the reader's zone. */
export function isoTime(seconds, tz = reader.tz) {
  const options = { timeZone: tz, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat('sv-SE', options).format(new Date(seconds * 1000));
}

function daysFromToday(seconds) {
  const day = Date.parse(isoDay(seconds));
  return Math.round((day - Date.parse(isoDay(reader.now() / 1000))) / (DAY * 1000));
}

function nearDay(seconds) {
  const days = daysFromToday(seconds);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(days, 'day');
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase(reader.locale) + text.slice(1);
}

export const time = (seconds) => format(seconds, { hour: 'numeric', minute: '2-digit' });

const FULL = { year: 'numeric', month: 'long', day: 'numeric' };
const SHORT = { year: 'numeric', month: 'short', day: 'numeric' };
const LONG = { weekday: 'long', ...FULL };

const thisYear = (seconds) => isoDay(seconds).slice(0, 4) === isoDay(reader.now() / 1000).slice(0, 4);
const LONG_THIS_YEAR = { weekday: 'long', month: 'long', day: 'numeric' };

const TOKENS = {
  date_num: (s) => isoDay(s),
  date_slash: (s) => format(s, { year: 'numeric', month: '2-digit', day: '2-digit' }),
  date: (s) => format(s, FULL),
  date_short: (s) => format(s, SHORT),
  date_long: (s) => format(s, LONG),
  date_long_full: (s) => format(s, FULL),
  date_full: (s) => format(s, FULL),
  date_short_full: (s) => format(s, SHORT),
  date_pretty: (s) => nearDay(s) ?? format(s, FULL),
  date_short_pretty: (s) => nearDay(s) ?? format(s, SHORT),
  date_long_pretty: (s) => nearDay(s) ?? format(s, LONG),
  day_divider_pretty: (s) => nearDay(s) ?? format(s, thisYear(s) ? LONG_THIS_YEAR : LONG),
  time: (s) => time(s),
  time_secs: (s) => format(s, { hour: 'numeric', minute: '2-digit', second: '2-digit' }),
  ago: (s) => ago(s),
};

/** A Slack date format ('{date_short} at {time}') filled in; null when it cannot be. 'Today' is capital where it begins. */
export function slackDate(timestamp, pattern) {
  const seconds = Number(timestamp);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8e12 || !/\{\w+\}/.test(pattern)) return null;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token, at) => {
    if (!(token in TOKENS)) known = false;
    const shown = token in TOKENS ? TOKENS[token](seconds) : whole;
    return at === 0 && token.endsWith('pretty') ? capital(shown) : shown;
  });
  return known ? text : null;
}

/** '3 hours ago', 'in 2 days'. */
export function ago(seconds) {
  const distance = seconds - reader.now() / 1000;
  const relative = new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' });
  const scales = [
    ['day', DAY],
    ['hour', 3600],
    ['minute', 60],
  ];
  for (const [unit, size] of scales) {
    if (Math.abs(distance) >= size) return relative.format(Math.trunc(distance / size), unit);
  }
  return relative.format(Math.trunc(distance), 'second');
}

export const dayLabel = (seconds) => capital(TOKENS.day_divider_pretty(seconds));
export const fullMoment = (seconds) => format(seconds, { dateStyle: 'full', timeStyle: 'short' });
export const clockFace = (seconds) =>
  format(seconds, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** 'today 14:02', '12 Nov 14:02': for a thread's last reply. */
export function shortMoment(seconds) {
  return `${nearDay(seconds) ?? format(seconds, { month: 'short', day: 'numeric' })} ${time(seconds)}`;
}

/** Seconds since 1970 of a wall clock ('2026-11-22', '14:05') in the reader's zone. */
export function fromWallClock(day, clock, tz = reader.tz) {
  const asUtc = Date.parse(`${day}T${clock}:00Z`) / 1000;
  if (Number.isNaN(asUtc)) return null;
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = Date.parse(`${isoDay(guess, tz)}T${isoTime(guess, tz)}:00Z`) / 1000;
    guess += asUtc - shown;
  }
  return guess;
}
