/** Select elements: static, external, people, conversations, channels; one or several. */
import { avatar } from './avatars.js';
import { combobox } from './combobox.js';
import { change } from './fields.js';
import { N_, t } from './i18n.js';
import { icon } from './icons.js';
import { reader } from './reader.js';
import { wordsOf } from './text.js';

/** Where each kind keeps what is chosen: [one, several, its initial names]. */
const KINDS = {
  static_select: ['selected_option', 'selected_options', 'initial_option', 'initial_options'],
  external_select: ['selected_option', 'selected_options', 'initial_option', 'initial_options'],
  users_select: ['selected_user', 'selected_users', 'initial_user', 'initial_users'],
  conversations_select: [
    'selected_conversation',
    'selected_conversations',
    'initial_conversation',
    'initial_conversations',
  ],
  channels_select: ['selected_channel', 'selected_channels', 'initial_channel', 'initial_channels'],
};

export const isSelect = (type) => type.replace(/^multi_/, '') in KINDS;

/** A select element as {node, focus}. */
export function select(element, block, surface, ids) {
  const kind = element.type.replace(/^multi_/, '');
  const multiple = kind !== element.type;
  const [one, several, initialOne, initialSeveral] = KINDS[kind];
  const name = multiple ? several : one;
  const initial = multiple ? (element[initialSeveral] ?? []) : (element[initialOne] ?? null);
  const field = surface.field(block, element, { type: element.type, [name]: initial ?? null });
  defaultToCurrent(element, field, name, multiple);
  const toValue = (choice) =>
    kind === 'static_select' || kind === 'external_select' ? choice.option : choice.value;
  const held = [field.value[name]].flat().filter(Boolean);
  const box = combobox({
    ...source(kind, element, block, surface),
    selected: held.map((value) => asChoice(kind, value)),
    multiple,
    most: element.max_selected_items,
    clearable: !multiple && block.type === 'input' && Boolean(block.optional),
    placeholder: wordsOf(element.placeholder) || t(PLACEHOLDERS[kind]),
    label: wordsOf(element.placeholder) || t(PLACEHOLDERS[kind]),
    id: ids?.input,
    onchange: (choices) => {
      const values = choices.map(toValue);
      return change(surface, field, { type: element.type, [name]: multiple ? values : (values[0] ?? null) });
    },
  });
  field.focus = box.focus;
  return { node: box.node, focus: box.focus, input: box.input };
}

const PLACEHOLDERS = {
  static_select: N_('Choose…'),
  external_select: N_('Search…'),
  users_select: N_('Choose a person…'),
  conversations_select: N_('Choose a conversation…'),
  channels_select: N_('Choose a channel…'),
};

function defaultToCurrent(element, field, name, multiple) {
  if (!element.default_to_current_conversation || !reader.currentChannel()) return;
  const held = [field.value[name]].flat().filter(Boolean);
  if (!held.length)
    field.value = { ...field.value, [name]: multiple ? [reader.currentChannel()] : reader.currentChannel() };
}

function source(kind, element, block, surface) {
  if (kind === 'external_select') {
    const load = async (query) => {
      const answer = await surface.options(block, element, query);
      return answer.ok === false ? null : optionChoices(answer);
    };
    return { load, least: element.min_query_length ?? 3 };
  }
  if (kind === 'static_select') return { choices: optionChoices(element) };
  if (kind === 'users_select')
    return {
      choices: reader
        .people()
        .filter((person) => !person.is_bot)
        .map(personChoice),
    };
  return {
    choices: reader
      .channels()
      .filter(kind === 'channels_select' ? isPublic : allowedBy(element.filter))
      .map(channelChoice),
  };
}

/** {options} or {option_groups} as choices. */
export function optionChoices({ options, option_groups: groups }) {
  if (groups)
    return groups.flatMap((group) =>
      (group.options ?? []).map((option) => ({ ...optionChoice(option), group: wordsOf(group.label) })),
    );
  return (options ?? []).map(optionChoice);
}

function optionChoice(option) {
  return {
    value: option.value,
    label: wordsOf(option.text),
    description: option.description && wordsOf(option.description),
    option,
  };
}

const personChoice = (person) => ({
  value: person.id,
  label: person.name,
  description: person.title,
  face: avatar(person, 20),
});

function channelChoice(channel) {
  const peer = channel.peer && reader.person(channel.peer);
  const face = peer
    ? avatar(peer, 20)
    : icon(channel.kind === 'private' ? 'lock' : channel.kind === 'mpim' ? 'people' : 'hash', 16);
  return { value: channel.id, label: peer?.name ?? channel.name, face };
}

const isPublic = (channel) => channel.kind === 'public';

function allowedBy(filter = {}) {
  return (channel) => {
    if (filter.include && !filter.include.includes(channel.kind)) return false;
    if (filter.exclude_external_shared_channels && channel.shared) return false;
    return !(filter.exclude_bot_users && channel.kind === 'im' && reader.person(channel.peer)?.is_bot);
  };
}

function asChoice(kind, value) {
  if (kind === 'static_select' || kind === 'external_select') return optionChoice(value);
  if (kind === 'users_select') return personChoice(reader.person(value) ?? { id: value, name: value });
  return channelChoice(reader.channel(value) ?? { id: value, name: value, kind: 'public' });
}
