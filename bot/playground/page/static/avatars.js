/** People and apps as small coloured squares with their initials. */
import { h } from './dom.js';

/** An avatar of `size` pixels; decorative, the name always stands beside it. */
export function avatar(person, size = 36) {
  const style = { '--size': `${size}px`, '--tint': tint(person) };
  return h(
    'span.avatar',
    { style, 'class': person?.is_bot && 'avatar-app', 'aria-hidden': 'true' },
    person?.initials || initials(person?.name),
  );
}

const initials = (name) =>
  String(name ?? '?')
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** The person's own colour, when it is one; otherwise one made from the id. */
function tint(person) {
  const given = String(person?.color ?? '').replace(/^#?/, '#');
  if (/^#[0-9a-f]{6}$/i.test(given)) return given;
  const sum = [...String(person?.id ?? person?.name ?? '')].reduce(
    (total, sign) => (total * 31 + sign.charCodeAt(0)) % 360,
    7,
  );
  return `hsl(${sum} 42% 40%)`;
}
