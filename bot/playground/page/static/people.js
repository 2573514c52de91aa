/** Being somebody else: the people of the workspace, and one's own status, language and zone. */
import { avatar } from './avatars.js';
import { ofCompany } from './company.js';
import { openDialog } from './dialog.js';
import { arrowKeys, h } from './dom.js';
import { float } from './float.js';
import { languageSpoken, t } from './i18n.js';
import { icon } from './icons.js';
import { addressOf, doing, loadWorkspace, myself, store } from './store.js';
import { plain } from './text.js';

const ownName = (language) => new Intl.DisplayNames([language], { type: 'language' }).of(language);

/** Opens the list of people beside `anchor`. */
export function choosePerson(anchor) {
  const people = store.workspace.people.filter((one) => !one.is_bot && !one.deleted);
  const me = myself();
  const rows = people.map(row);
  const list = h(
    'div.people-list',
    { role: 'list', onkeydown: (event) => arrowKeys(event, [...list.querySelectorAll('.person-be')]) },
    rows,
  );
  const profile = h(
    'button.menu-row',
    {
      type: 'button',
      onclick: () => {
        handle.close();
        editProfile();
      },
    },
    icon('pencil'),
    h('span.menu-label', {}, t('My status, language and zone…')),
  );
  const box = h(
    'div.people',
    { 'role': 'dialog', 'aria-label': t('Be somebody else') },
    h(
      'div.people-head',
      {},
      h('strong', {}, t('Be somebody else')),
      h('p', {}, t('Open a second window to be two people at once.')),
    ),
    list,
    h('div.people-foot', {}, profile),
  );
  const handle = float(anchor, box, {
    end: true,
    onclose: () => anchor.setAttribute('aria-expanded', 'false'),
  });
  anchor.setAttribute('aria-expanded', 'true');
  (list.querySelector('[aria-current]') ?? list.querySelector('.person-be')).focus();

  function row(one) {
    const place = one.id === me.id ? {} : { channel: store.place.channel };
    const be = h(
      'a.person-be',
      { 'href': addressOf(one.id, place), 'aria-current': one.id === me.id ? 'true' : null },
      avatar(one, 34),
      h(
        'span.person-words',
        {},
        h(
          'strong',
          {},
          one.name,
          one.status_emoji && h('span.side-status', { title: one.status_text }, ' ', plain(one.status_emoji)),
        ),
        h('small', {}, ofCompany(one.title)),
      ),
      h('span.person-marks', {}, marks(one)),
    );
    const second = h(
      'a.icon-button',
      {
        'href': `${addressOf(one.id, place)}&beside`,
        'target': '_blank',
        'rel': 'noopener',
        'title': t('In a new window'),
        'aria-label': t('Be {name} in a new window', { name: one.name }),
      },
      icon('external', 16),
    );
    return h('div.person', { role: 'listitem' }, be, second);
  }
}

function marks(one) {
  const language = one.language || 'en';
  return [
    one.is_restricted && h('span.badge', {}, t('guest')),
    one.is_external && h('span.badge.badge-shared', {}, t('other company')),
    h('span.badge.badge-language', { lang: language }, ownName(language)),
  ];
}

const LOCALES = ['en-GB', 'en-US', 'pl-PL', 'hu-HU'];
const ZONES = ['Europe/Warsaw', 'Europe/Budapest', 'Europe/London', 'America/New_York', 'Asia/Tokyo', 'UTC'];

function editProfile() {
  const me = myself();
  const field = (label, control) => h('label.field', {}, h('span.field-label', {}, label), control);
  const names = new Intl.DisplayNames([languageSpoken()], { type: 'language' });
  const choice = (values, value, face) =>
    h(
      'select.input',
      {},
      [...new Set([...values, value])].map((one) =>
        h('option', { value: one, selected: one === value }, face(one)),
      ),
    );
  const status = h('input.input', { value: me.status_text ?? '', maxlength: 100 });
  const sign = h('input.input', { value: me.status_emoji ?? '', placeholder: ':palm_tree:', maxlength: 60 });
  const locale = choice(LOCALES, me.locale, (one) => names.of(one));
  const tz = choice(ZONES, me.tz, (one) => one.replace('_', ' '));
  const save = async () => {
    const answer = await doing('profile', {
      status_text: status.value,
      status_emoji: sign.value,
      locale: locale.value,
      tz: tz.value,
    });
    if (answer.ok === false) return;
    frame.close();
    if (locale.value !== me.locale) window.location.reload();
    else loadWorkspace();
  };
  const form = h(
    'form.form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        save();
      },
    },
    field(t('Status'), status),
    field(t('Emoji of the status'), sign),
    field(t('Language'), locale),
    field(t('Time zone'), tz),
    h('button', { hidden: true }),
  );
  const foot = [
    h('button.button', { type: 'button', onclick: () => frame.close() }, t('Cancel')),
    h('button.button.button-primary', { type: 'button', onclick: save }, t('Save')),
  ];
  const frame = openDialog({ title: me.name, body: form, foot, className: 'dialog-small' });
  status.focus();
}
