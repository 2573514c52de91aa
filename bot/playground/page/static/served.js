/** The server's own sentences in the person's language. */
import { N_, t } from './i18n.js';

/** Sentences with facts in them, as the server makes them: [pattern, sentence, names of its groups]. */
const PATTERNS = [
  [/^(\/\S+) failed with the error "(.+)"$/, N_('{command} did not work: {error}.'), ['command', 'error']],
  [/^This app responded with an error: (.+)$/, N_('The app did not do this: {error}.'), ['error']],
  [
    /^We had some trouble connecting\. Try again\? \((.+)\)$/,
    N_('This could not be sent: {error}. Try again.'),
    ['error'],
  ],
  [/^There was a problem loading options: (.+)$/, N_('The choices could not be loaded: {error}.'), ['error']],
  [/^This shortcut did not work: (.+)$/, N_('The shortcut did not work: {error}.'), ['error']],
  [/^You cannot react like this: (.+)\.$/, N_('You cannot react like this: {error}.'), ['error']],
  [
    /^(\/\S+) is not a valid command\./,
    N_('{command} is not a command here. Everything that begins with / is taken as one.'),
    ['command'],
  ],
];

const ERRORS = {
  operation_timeout: N_('the app did not answer in time'),
  dispatch_failed: N_('the app could not be reached'),
  invalid_command_response: N_('the app’s answer is not valid'),
};

/** Sentences without facts. */
const KNOWN = new Set([
  N_('Choose who to write to.'),
  N_('Join this channel before writing in it.'),
  N_('Some fields need your attention.'),
  N_('The clock turns ahead only, by a year at most.'),
  N_('This channel does not exist, or you are not in it.'),
  N_('This channel is archived.'),
  N_('This conversation cannot be left.'),
  N_('This file does not exist, or you may not see it.'),
  N_('This message is not there any more.'),
  N_('This window is not open any more.'),
  N_('What you clicked is not there any more.'),
  N_('You can only be invited to this channel.'),
  N_('You can only delete your own messages.'),
  N_('You can only edit your own messages.'),
  N_('You can only see the channels that you were invited to.'),
]);

/** A sentence of the server as the person reads it. */
export function said(sentence) {
  for (const [pattern, ours, names] of PATTERNS) {
    const match = sentence.match(pattern);
    if (match)
      return t(
        ours,
        Object.fromEntries(
          names.map((name, at) => [name, name === 'error' ? reason(match[at + 1]) : match[at + 1]]),
        ),
      );
  }
  return KNOWN.has(sentence) ? t(sentence) : sentence;
}

const reason = (error) => (Object.hasOwn(ERRORS, error) ? t(ERRORS[error]) : error);
