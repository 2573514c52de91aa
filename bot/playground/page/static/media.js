/** Pictures, videos and files inside blocks. */
import { h, safeUrl } from './dom.js';
import { fileCard } from './files.js';
import { t } from './i18n.js';
import { icon } from './icons.js';
import { link, plain, wordsOf } from './text.js';

/** A picture; where it cannot be loaded its words stand in its place. */
export function image(url, alt, className) {
  const address = safeUrl(url);
  const instead = () =>
    h('span.image-missing', { 'class': className, 'role': 'img', 'aria-label': alt }, icon('file', 16), alt);
  if (!address) return instead();
  const node = h('img', {
    src: address,
    alt: alt ?? '',
    class: className,
    loading: 'lazy',
    referrerpolicy: 'no-referrer',
  });
  node.addEventListener('error', () => node.replaceWith(instead()));
  return node;
}

/** An image block. */
export function imageBlock(block) {
  const title = block.title && h('figcaption', {}, plain(block.title.text));
  return h(
    'figure.block-image',
    {},
    title,
    image(block.image_url ?? block.slack_file?.url, block.alt_text, 'picture'),
  );
}

/** A video block: its poster, which leads to the video. */
export function videoBlock(block) {
  const href = block.title_url ?? block.video_url;
  const name = wordsOf(block.title) || block.alt_text || t('Video');
  const poster = h(
    'span.video-poster',
    {},
    image(block.thumbnail_url, block.alt_text, 'picture'),
    h('span.video-play', {}, icon('play', 28)),
  );
  const from = [block.provider_name, block.author_name].filter(Boolean).join(' · ');
  return h(
    'figure.block-video',
    {},
    h(
      'figcaption',
      {},
      from && h('small', {}, from),
      h('strong', {}, link(href, name)),
      block.description && h('p', {}, plain(wordsOf(block.description))),
    ),
    link(block.video_url, poster),
  );
}

/** A file block; what it shows travels with the message, when at all. */
export function fileBlock(block) {
  return fileCard(
    block.file ?? {
      id: block.file_id ?? block.external_id,
      name: block.external_id ?? t('File'),
      is_external: true,
    },
  );
}
