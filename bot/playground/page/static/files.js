/** Files of a message: cards, thumbnails, and the viewer in which a PDF is read. */
import { fileUrl } from './api.js';
import { h, safeUrl } from './dom.js';
import { openDialog } from './dialog.js';
import { languageSpoken, t } from './i18n.js';
import { icon } from './icons.js';

const PICTURES = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/;

/** '18 kB' in the reader's language. */
export function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return '';
  const [unit, size] =
    bytes < 1e3 ? ['byte', bytes] : bytes < 1e6 ? ['kilobyte', bytes / 1e3] : ['megabyte', bytes / 1e6];
  const digits = size < 10 && unit !== 'byte' ? 1 : 0;
  return new Intl.NumberFormat(languageSpoken(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: digits,
  }).format(size);
}

/** A file that goes along with what is written, in a list, with a button that takes it out. */
export function fileChip(file, remove) {
  return h(
    'li',
    {},
    icon('file', 16),
    h('span', {}, file.name),
    h('small', {}, sizeOf(file.size)),
    h(
      'button.icon-button',
      {
        'type': 'button',
        'aria-label': t('Remove {name}', { name: file.name }),
        'onclick': remove,
      },
      icon('close', 14),
    ),
  );
}

/** All files of a message. */
export function fileList(files) {
  return files?.length
    ? h(
        'div.files',
        {},
        files.map((file) => (file.mode === 'tombstone' ? goneCard() : fileCard(file))),
      )
    : null;
}

const goneCard = () => h('div.file-card.file-gone', {}, icon('trash'), t('This file was deleted.'));

/** One file as something to open. */
export function fileCard(file) {
  if (PICTURES.test(file.mimetype ?? '')) return thumbnail(file);
  const kind = (file.filetype || file.name?.split('.').pop() || '').toUpperCase();
  const facts = [kind, sizeOf(file.size)].filter(Boolean).join(' · ');
  const badge = h(
    'span.file-badge',
    { dataset: { kind: kind.toLowerCase() } },
    kind.slice(0, 4) || icon('file'),
  );
  const words = h('span.file-words', {}, h('strong', {}, nameOf(file)), h('small', {}, facts));
  const open = () => view(file);
  if (file.is_external) return h('div.file-card', {}, badge, words);
  return h(
    'div.file-card',
    {},
    h(
      'button.file-open',
      { 'type': 'button', 'onclick': open, 'aria-label': t('Open {name}', { name: nameOf(file) }) },
      badge,
      words,
    ),
    h(
      'a.icon-button',
      {
        'href': fileUrl(file),
        'download': file.name ?? '',
        'aria-label': t('Download {name}', { name: nameOf(file) }),
      },
      icon('download'),
    ),
  );
}

const nameOf = (file) => file.title || file.name || file.id;

function thumbnail(file) {
  const picture = h('img', { src: fileUrl(file), alt: file.alt_txt || nameOf(file), loading: 'lazy' });
  return h(
    'button.file-picture',
    { 'type': 'button', 'onclick': () => view(file), 'aria-label': t('Open {name}', { name: nameOf(file) }) },
    picture,
  );
}

const SHOWN = /^(application\/pdf|text\/|application\/(json|xml))/;

/** Opens a file over the page; what a browser cannot show is offered for download. */
export function view(file) {
  const url = fileUrl(file);
  const actions = h(
    'div.viewer-actions',
    {},
    h('a.button', { href: url, target: '_blank', rel: 'noopener' }, icon('external', 16), t('Open in a tab')),
    h('a.button', { href: url, download: file.name ?? '' }, icon('download', 16), t('Download')),
  );
  openDialog({ title: nameOf(file), body: [actions, face(file, url)], className: 'viewer' });
}

function face(file, url) {
  if (PICTURES.test(file.mimetype ?? ''))
    return h('div.viewer-picture', {}, h('img', { src: url, alt: file.alt_txt || nameOf(file) }));
  if (SHOWN.test(file.mimetype ?? '')) {
    const sandbox = file.mimetype === 'application/pdf' ? null : '';
    return h('iframe.viewer-frame', {
      src: safeUrl(`${url}#navpanes=0&view=FitH`),
      title: nameOf(file),
      sandbox,
    });
  }
  return h('p.viewer-none', {}, t('This kind of file cannot be shown here. Download it to look at it.'));
}
