/** Dialogs that lead somewhere: jump to anything (Ctrl+K), browse channels, write to people. */
import { avatar } from './avatars.js';
import { combobox } from './combobox.js';
import { ofCompany } from './company.js';
import { openDialog } from './dialog.js';
import { faceOf } from './conversation.js';
import { fill, h, uid } from './dom.js';
import { finds } from './folding.js';
import { t } from './i18n.js';
import { go, nameOf, openDirect, store } from './store.js';

/** Everything one can go to: {face, name, hint, rank, go}. */
function destinations() {
  const { channels, people } = store.workspace;
  const rooms = channels
    .filter((one) => one.kind !== 'im' || one.peer !== store.as)
    .map((one) => ({
      face: faceOf(one, 24),
      name: nameOf(one),
      hint: one.is_member ? ofCompany(one.topic) : t('not joined'),
      rank: (one.unread ? 0 : 1) + (one.is_member ? 0 : 2),
      go: () => go({ channel: one.id }),
    }));
  const known = new Set(channels.filter((one) => one.kind === 'im').map((one) => one.peer));
  const others = people
    .filter((one) => one.id !== store.as && !known.has(one.id) && !one.deleted)
    .map((one) => ({
      face: avatar(one, 24),
      name: one.name,
      hint: ofCompany(one.title),
      rank: 2,
      go: () => openDirect([one.id]),
    }));
  return [...rooms, ...others];
}

/** Jump to a channel, person or app by typing. */
export const jump = () => chooseAmong(destinations(), t('Jump to…'), t('Channel, person or app'));

/** Public channels, joined or not. */
export function chooseChannel() {
  const rooms = store.workspace.channels.filter((one) => one.kind === 'public');
  const rows = rooms.map((one) => ({
    face: faceOf(one, 24),
    name: one.name,
    hint: one.is_member ? t('joined') : ofCompany(one.topic),
    rank: one.is_member ? 1 : 0,
    go: () => go({ channel: one.id }),
  }));
  chooseAmong(rows, t('Channels'), t('Find a channel'));
}

function chooseAmong(all, title, placeholder) {
  const listId = uid();
  let shown = [];
  let active = 0;
  const list = h('div.jump-list', { 'role': 'listbox', 'id': listId, 'aria-label': title });
  const input = h('input.input', {
    'type': 'text',
    'role': 'combobox',
    placeholder,
    'aria-label': placeholder,
    'aria-controls': listId,
    'aria-expanded': 'true',
    'autocomplete': 'off',
    'spellcheck': 'false',
    'oninput': draw,
    'onkeydown': key,
  });
  const frame = openDialog({ title, body: [input, list], className: 'jump' });
  const take = (one) => {
    frame.close();
    one.go();
  };

  function draw() {
    const sorted = all
      .filter((one) => finds(input.value, one.name))
      .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
    shown = sorted.slice(0, 40);
    const row = (one, at) =>
      h(
        'div.option',
        { role: 'option', id: `${listId}-${at}`, onclick: () => take(one), onpointermove: () => point(at) },
        h('span.option-face', {}, one.face),
        h('span.option-label', {}, one.name),
        one.hint && h('span.option-description', {}, one.hint),
      );
    fill(list, shown.length ? shown.map(row) : h('p.listbox-note', {}, t('Nothing found.')));
    point(0);
  }

  function point(at) {
    active = at;
    const rows = [...list.querySelectorAll('.option')];
    rows.forEach((row, index) => {
      row.classList.toggle('active', index === at);
      row.setAttribute('aria-selected', String(index === at));
    });
    input.setAttribute('aria-activedescendant', rows[at]?.id ?? '');
    rows[at]?.scrollIntoView({ block: 'nearest' });
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) point((active + step + shown.length) % shown.length);
    else if (event.key === 'Enter' && shown[active]) take(shown[active]);
    else return;
    event.preventDefault();
  }

  draw();
  input.focus();
}

/** Opens a direct or group message. */
export function choosePeople() {
  let chosen = [];
  const choices = store.workspace.people
    .filter((one) => one.id !== store.as && !one.deleted)
    .map((one) => ({ value: one.id, label: one.name, description: one.title, face: avatar(one, 20) }));
  const box = combobox({
    choices,
    multiple: true,
    most: 7,
    placeholder: t('Names…'),
    label: t('People'),
    onchange: (selected) => {
      chosen = selected;
      start.disabled = !selected.length;
    },
  });
  const open = () => {
    frame.close();
    openDirect(chosen.map((one) => one.value));
  };
  const start = h(
    'button.button.button-primary',
    { type: 'button', disabled: true, onclick: open },
    t('Write'),
  );
  const frame = openDialog({
    title: t('New message'),
    body: box.node,
    foot: start,
    className: 'dialog-small',
  });
  box.focus();
}
