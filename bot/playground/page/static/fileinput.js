/** The file_input element: choose or drop files, each is uploaded at once. */
import { fill, h } from './dom.js';
import { keep } from './fields.js';
import { fileChip } from './files.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { upload } from './api.js';

/** file_input as {node, focus, input}. */
export function fileInput(element, block, surface, ids) {
  const field = surface.field(block, element, { type: element.type, files: [] });
  const most = element.max_files ?? 10;
  const accept = (element.filetypes ?? []).map((type) => `.${type}`).join(',');
  const input = h('input', {
    type: 'file',
    id: ids?.input,
    class: 'unseen',
    multiple: most > 1,
    accept: accept || null,
    onchange: () => take(input.files),
  });
  const note = h('p.file-drop-note', { role: 'status' });
  const list = h('ul.file-drop-list', {});
  const drop = h(
    'label.file-drop',
    { ondragover: (event) => event.preventDefault(), ondrop: dropped },
    icon('clip'),
    h('span', {}, t('Choose files or drop them here')),
    input,
  );

  function dropped(event) {
    event.preventDefault();
    take(event.dataTransfer.files);
  }

  async function take(files) {
    note.textContent = '';
    for (const file of files) {
      const refusal = refused(file, field.value.files.length, element, most);
      if (refusal) note.textContent = refusal;
      else await send(file);
    }
    input.value = '';
  }

  async function send(file) {
    note.textContent = t('Uploading {name}…', { name: file.name });
    const answer = await upload(file);
    note.textContent = answer.ok === false ? answer.error : '';
    if (answer.file) set([...field.value.files, answer.file]);
  }

  function set(files) {
    keep(surface, field, { type: element.type, files });
    draw();
  }

  function draw() {
    const remove = (file) => () => set(field.value.files.filter((one) => one !== file));
    fill(
      list,
      field.value.files.map((file) => fileChip(file, remove(file))),
    );
  }

  draw();
  field.focus = () => input.focus();
  return { node: h('div.file-input', {}, drop, note, list), focus: field.focus, input };
}

function refused(file, held, element, most) {
  if (held >= most) return tn('One file is enough here.', 'At most {n} files.', most);
  const ending = file.name.split('.').pop().toLowerCase();
  const kinds = element.filetypes ?? [];
  if (kinds.length && !kinds.includes(ending))
    return t('Only files of these kinds: {kinds}.', { kinds: kinds.join(', ') });
  return null;
}
