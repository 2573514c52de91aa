/** Block Kit blocks as DOM. One function per kind of block; what is unknown says so. */
import { alertBlock, cardBlock, carouselBlock, containerBlock, planBlock, taskCard } from './cards.js';
import { chartBlock } from './charts.js';
import { fill, h, uid } from './dom.js';
import { element } from './elements.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { markdown } from './markdown.js';
import { fileBlock, image, imageBlock, videoBlock } from './media.js';
import { richText } from './richtext.js';
import { dataTable, table } from './tables.js';
import { plain, textObject, wordsOf } from './text.js';

const KINDS = {
  section,
  header,
  context,
  context_actions: contextActions,
  actions,
  input,
  divider: () => h('hr.block-divider', {}),
  image: imageBlock,
  video: videoBlock,
  file: fileBlock,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
  data_table: dataTable,
  data_visualization: chartBlock,
  alert: alertBlock,
  card: (block, surface) => cardBlock(block, surface, element),
  carousel: (block, surface) => carouselBlock(block, surface, element),
  container: (block, surface) => containerBlock(block, surface, renderBlocks),
  plan: planBlock,
  task_card: taskCard,
};

/** All blocks of a message or view, drawn on `surface`. */
export function renderBlocks(blocks, surface) {
  return h(
    'div.blocks',
    {},
    (blocks ?? []).map((block, at) => one(numbered(block, at), surface)),
  );
}

function one(block, surface) {
  const draw = KINDS[block.type];
  const node = draw ? draw(block, surface) : unknown(block);
  node.classList.add('block', `block-kind-${block.type}`);
  node.dataset.block = block.block_id;
  return node;
}

/** Ids for blocks and elements that came without any. */
function numbered(block, at) {
  const id = block.block_id ?? `block-${at}`;
  const action = (value, index) =>
    value?.type && !value.action_id ? { ...value, action_id: `${id}-${index}` } : value;
  const copy = { ...block, block_id: id };
  if (copy.accessory) copy.accessory = action(copy.accessory, 0);
  if (copy.element) copy.element = action(copy.element, 0);
  if (['actions', 'context_actions'].includes(copy.type)) copy.elements = copy.elements.map(action);
  return copy;
}

const unknown = (block) =>
  h(
    'p.unknown',
    {},
    icon('info', 16),
    t('A block of the kind “{kind}” cannot be shown here.', { kind: block.type }),
  );

function section(block, surface) {
  const fields = block.fields?.length ? h('div.section-fields', {}, block.fields.map(textObject)) : null;
  const words = h('div.section-words', {}, textObject(block.text), fields);
  if (!block.accessory) return h('div.section', {}, words);
  const { node } = element(block.accessory, block, surface);
  return h('div.section.section-split', {}, words, h('div.section-accessory', {}, node));
}

function header(block) {
  return h('h3.block-header', {}, plain(block.text?.text));
}

function context(block) {
  const piece = (value) =>
    value.type === 'image'
      ? image(value.image_url ?? value.slack_file?.url, value.alt_text, 'context-image')
      : textObject(value);
  return h('div.context', {}, (block.elements ?? []).map(piece));
}

function contextActions(block, surface) {
  return h(
    'div.context-actions',
    {},
    block.elements.map((value) => element(value, block, surface).node),
  );
}

function actions(block, surface) {
  return h(
    'div.actions',
    { role: 'group' },
    block.elements.map((value) => element(value, block, surface).node),
  );
}

const GROUPS = ['checkboxes', 'radio_buttons'];

function input(block, surface) {
  const ids = { input: uid(), label: uid(), hint: uid(), error: uid() };
  ids.described = [block.hint && ids.hint, ids.error].filter(Boolean).join(' ');
  const { node, input: control } = element(block.element, block, surface, ids);
  const error = h('p.field-error', { id: ids.error, role: 'alert' });
  const forControl = GROUPS.includes(block.element.type)
    ? { id: ids.label }
    : { id: ids.label, for: ids.input };
  const optional = block.optional && h('span.field-optional', {}, ` ${t('(optional)')}`);
  const label = h(
    forControl.for ? 'label.field-label' : 'div.field-label',
    forControl,
    plain(wordsOf(block.label)),
    optional,
  );
  const hint = block.hint && h('p.field-hint', { id: ids.hint }, textObject(block.hint));
  const field = h('div.field', {}, label, node, error, hint);
  if (control) {
    control.setAttribute('aria-describedby', ids.described);
    if (!block.optional) control.setAttribute('aria-required', 'true');
  }
  surface.errorSlot(block, (sentence) => {
    fill(error, sentence ? [icon('warning', 14), sentence] : null);
    field.classList.toggle('field-wrong', Boolean(sentence));
    control?.setAttribute('aria-invalid', String(Boolean(sentence)));
  });
  return field;
}
