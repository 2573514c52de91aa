/** Blocks that frame others or stand out: alert, card, carousel, container, plan, task_card. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { image } from './media.js';
import { richText } from './richtext.js';
import { link, plain, textObject, wordsOf } from './text.js';

const SIGNS = { default: 'info', info: 'info', warning: 'warning', error: 'warning', success: 'check' };

export function alertBlock(block) {
  const level = block.level in SIGNS ? block.level : 'default';
  return h(
    'div.alert',
    { role: level === 'error' ? 'alert' : 'note', dataset: { level } },
    icon(SIGNS[level]),
    textObject(block.text),
  );
}

/** A card; `element` draws its actions. */
export function cardBlock(block, surface, element) {
  const inner = (value) => ({
    ...value,
    action_id: value.action_id ?? `${block.block_id}-${block.actions.indexOf(value)}`,
  });
  const hero = block.hero_image && image(block.hero_image.image_url, block.hero_image.alt_text, 'card-hero');
  const sign = block.icon && image(block.icon.image_url, block.icon.alt_text, 'card-icon');
  const titles =
    (block.title || block.subtitle) &&
    h(
      'div.card-titles',
      {},
      h('div.card-title', {}, textObject(block.title)),
      h('div.card-subtitle', {}, textObject(block.subtitle)),
    );
  const actions =
    block.actions?.length &&
    h(
      'div.actions',
      {},
      block.actions.map((value) => element(inner(value), block, surface).node),
    );
  return h(
    'article.card',
    {},
    hero,
    h(
      'div.card-main',
      {},
      (sign || titles) && h('div.card-head', {}, sign, titles),
      textObject(block.body),
      actions,
    ),
  );
}

export function carouselBlock(block, surface, element) {
  const cards = (block.elements ?? []).map((card, at) =>
    cardBlock({ ...card, block_id: card.block_id ?? `${block.block_id}-${at}` }, surface, element),
  );
  return h('div.carousel', { 'tabindex': 0, 'role': 'region', 'aria-label': t('Cards') }, cards);
}

/** A container; `render(blocks, surface)` draws what is inside. */
export function containerBlock(block, surface, render) {
  const title = block.rich_text_title
    ? richText(block.rich_text_title)
    : h('strong', {}, plain(wordsOf(block.title)));
  const head = [
    block.icon && image(block.icon.image_url, block.icon.alt_text, 'card-icon'),
    h(
      'span.container-titles',
      {},
      title,
      block.subtitle && h('span.container-subtitle', {}, textObject(block.subtitle)),
    ),
  ];
  const body = render(block.child_blocks, surface);
  const attributes = {
    dataset: { width: block.width ?? 'standard' },
    class: block.has_header_divider && 'container-divided',
  };
  if (!block.is_collapsible)
    return h('section.container', attributes, h('div.container-head', {}, head), body);
  return h(
    'details.container',
    { ...attributes, open: !block.default_collapsed },
    h('summary.container-head', {}, head, icon('chevron', 16)),
    body,
  );
}

const STATES = { pending: 'clock', in_progress: 'play', complete: 'check', error: 'warning' };

export function taskCard(block) {
  const sources = (block.sources ?? []).map((source) =>
    h('li', {}, link(source.url, source.text ?? source.url)),
  );
  const more = [
    block.details && richText(block.details),
    block.output && richText(block.output),
    sources.length > 0 && h('ul.task-sources', {}, sources),
  ].filter(Boolean);
  const face = [
    h('span.task-state', { dataset: { state: block.status } }, icon(STATES[block.status] ?? 'clock', 16)),
    h('span', {}, block.title),
  ];
  return more.length
    ? h('details.task', {}, h('summary', {}, face, icon('chevron', 16)), more)
    : h('div.task', {}, h('div.task-line', {}, face));
}

export function planBlock(block) {
  return h('section.plan', {}, h('strong', {}, block.title), (block.tasks ?? []).map(taskCard));
}
