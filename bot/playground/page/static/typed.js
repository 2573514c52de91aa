/** Between what a person types and what the workspace stores. Pure, but for the names it is given. */
import { unescape } from './mrkdwn.js';

/** Stored text as it was typed: <@U1> becomes @handle, <#C1|x> #x, entities their signs. */
export function asTyped(text, { handle, channel }) {
  return String(text ?? '')
    .split(/(<[^<>\n]+>)/)
    .map((part, at) => {
      if (at % 2 === 0) return unescape(part);
      const [target, label] = part.slice(1, -1).split('|');
      if (target.startsWith('@')) return `@${handle(target.slice(1)) ?? label ?? target.slice(1)}`;
      if (target.startsWith('#')) return `#${channel(target.slice(1)) ?? label ?? target.slice(1)}`;
      if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
      return unescape(target);
    })
    .join('');
}

/** Typed text with @handle of people as <@U1>, outside code. `people`: [{id, handle}]. */
export function withMentions(text, people) {
  const byHandle = new Map(people.map((one) => [one.handle?.toLowerCase(), one.id]));
  return text
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, at) =>
      at % 2
        ? part
        : part.replace(/(?<![\p{L}\p{N}@])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu, (whole, name) => {
            for (let end = name.length; end > 0; end -= 1) {
              const id = byHandle.get(name.slice(0, end).toLowerCase());
              if (id && /^[.\-_]*$/.test(name.slice(end))) return `<@${id}>${name.slice(end)}`;
            }
            return whole;
          }),
    )
    .join('');
}

/** A line that begins with a slash: {command, text}; null for anything else. */
export function commandIn(text) {
  const match = text.match(/^(\/[^\s/]+)(?:\s+([\s\S]*))?$/);
  return match ? { command: match[1], text: (match[2] ?? '').trim() } : null;
}
