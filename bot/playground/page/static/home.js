/** The Home tab of an app. */
import { act, read } from './api.js';
import { renderBlocks } from './blocks.js';
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { doing } from './store.js';
import { Surface } from './surface.js';

export class HomeTab {
  constructor(bot) {
    this.bot = bot;
    this.node = h(
      'section.home',
      { 'role': 'tabpanel', 'aria-label': t('Home') },
      h('p.empty', {}, t('The app is preparing its Home…')),
    );
  }

  async load() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const { view } = await read('home', { bot: this.bot.user_id });
    if (turn !== this.turn) return;
    if (!view) {
      fill(this.node, h('p.empty', {}, t('{name} has put nothing here yet.', { name: this.bot.name })));
      return;
    }
    if (this.hash === view.hash && this.id === view.id) return;
    const { scrollTop } = this.node;
    if (this.id !== view.id)
      this.surface = new Surface(
        { type: 'view', view_id: view.id },
        {
          act: (request) => doing('click', request),
          suggest: (request) => act('suggest', request),
          state: view.state,
        },
      );
    Object.assign(this, { id: view.id, hash: view.hash });
    this.surface.begin();
    fill(this.node, h('div.home-page', {}, renderBlocks(view.blocks, this.surface)));
    this.node.scrollTop = scrollTop;
  }
}
