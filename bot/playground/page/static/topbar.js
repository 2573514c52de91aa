/** The bar on top: whose workspace, jump, clock, light or dark, who one is. */
import { avatar } from './avatars.js';
import { jump } from './choosers.js';
import { clockButton } from './clock.js';
import { fill, h } from './dom.js';
import { menu } from './float.js';
import { languageSpoken, N_, t } from './i18n.js';
import { icon, logo } from './icons.js';
import { choosePerson } from './people.js';
import { myself, on, store } from './store.js';

const THEMES = {
  auto: ['eye', N_('As the system')],
  light: ['sun', N_('Light')],
  dark: ['moon', N_('Dark')],
};

/** The theme that this window was set to: auto, light or dark. */
export const themeSet = () => localStorage.getItem('zaplecze.theme') ?? 'auto';

const system = matchMedia('(prefers-color-scheme: dark)');

export function useTheme(name) {
  localStorage.setItem('zaplecze.theme', name);
  document.documentElement.dataset.theme = name === 'auto' ? (system.matches ? 'dark' : 'light') : name;
}

system.addEventListener('change', () => useTheme(themeSet()));

export class TopBar {
  constructor({ onslackbot, onmail }) {
    Object.assign(this, { onslackbot, onmail });
    this.node = h('header.topbar', {});
    on('workspace', () => this.draw());
    on('online', () => this.draw());
  }

  draw() {
    const me = myself();
    const team = h(
      'div.brand',
      {},
      logo(28),
      h('span.brand-words', {}, h('strong', {}, store.workspace.team.name), h('small', {}, t('Playground'))),
    );
    const finder = h(
      'button.finder',
      { 'type': 'button', 'onclick': jump, 'aria-keyshortcuts': 'Control+K' },
      icon('search', 16),
      h('span', {}, t('Jump to…')),
      h('kbd', {}, 'Ctrl K'),
    );
    const theme = h(
      'button.icon-button',
      {
        'type': 'button',
        'aria-label': t('Light or dark'),
        'title': t('Light or dark'),
        'aria-haspopup': 'menu',
        'onclick': (event) => chooseTheme(event.currentTarget),
      },
      icon(document.documentElement.dataset.theme === 'dark' ? 'moon' : 'sun'),
    );
    const slackbot =
      store.workspace.slackbot &&
      h(
        'button.icon-button',
        { 'type': 'button', 'title': 'Slackbot', 'aria-label': 'Slackbot', 'onclick': this.onslackbot },
        icon('robot'),
      );
    const { letters } = store.workspace;
    const mail =
      letters !== null &&
      h(
        'button.icon-button.mail-button',
        {
          'type': 'button',
          'title': t('The customers’ mail'),
          'aria-label': t('The customers’ mail'),
          'onclick': this.onmail,
        },
        icon('mail'),
        letters > 0 && h('span.pill', { 'aria-hidden': 'true' }, letters),
      );
    const who = h(
      'button.who',
      {
        'type': 'button',
        'aria-haspopup': 'dialog',
        'title': t('Be somebody else'),
        'onclick': (event) => choosePerson(event.currentTarget),
      },
      avatar(me, 30),
      h('span.who-words', {}, h('strong', {}, me.name), h('small', {}, me.title || languageName(me))),
      icon('chevron', 16),
    );
    const cut =
      !store.online &&
      h('span.offline', { role: 'status' }, icon('warning', 16), t('Connection lost. Trying again…'));
    fill(this.node, team, finder, cut, h('div.topbar-end', {}, clockButton(), mail, slackbot, theme, who));
  }
}

function chooseTheme(anchor) {
  const items = Object.entries(THEMES).map(([name, [sign, label]]) => ({
    label: t(label),
    icon: sign,
    checked: themeSet() === name,
    onselect: () => useTheme(name),
  }));
  menu(anchor, items, { label: t('Light or dark'), end: true });
}

/** A person's language in the page's words: 'polski'. */
export function languageName(person) {
  return new Intl.DisplayNames([languageSpoken()], { type: 'language' }).of(person.language || 'en');
}
