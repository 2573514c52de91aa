/** table and data_table blocks. */
import { fill, h, uid } from './dom.js';
import { finds } from './folding.js';
import { t, tn } from './i18n.js';
import { icon } from './icons.js';
import { reader } from './reader.js';
import { richText } from './richtext.js';
import { plain } from './text.js';

const isNumber = (cell) => cell?.type === 'raw_number';

function face(cell) {
  if (cell?.type === 'rich_text') return richText(cell);
  if (isNumber(cell)) return cell.text ?? new Intl.NumberFormat(reader.locale).format(numberOf(cell));
  return plain(cell?.text ?? '');
}

const numberOf = (cell) => Number(cell.value ?? cell.number ?? cell.text);

function cellNode(tag, cell, settings, attributes = {}) {
  const align = settings?.align ?? (isNumber(cell) ? 'right' : 'left');
  return h(
    tag,
    { ...attributes, dataset: { align }, class: settings?.is_wrapped === false && 'nowrap' },
    face(cell),
  );
}

/** A table block; its first row is the head. */
export function table(block) {
  const [first = [], ...rest] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const row = (cells, tag, attributes) =>
    h(
      'tr',
      {},
      cells.map((cell, column) => cellNode(tag, cell, settings[column], attributes)),
    );
  const node = h(
    'table',
    {},
    h('thead', {}, row(first, 'th', { scope: 'col' })),
    h(
      'tbody',
      {},
      rest.map((cells) => row(cells, 'td')),
    ),
  );
  return h('div.table-scroll', { 'tabindex': 0, 'role': 'region', 'aria-label': t('Table') }, node);
}

/** A data_table block: sorted by its heads, filtered, page by page. */
export function dataTable(block) {
  const [head = [], ...rows] = block.rows ?? [];
  const view = { query: '', column: -1, down: false, page: 0, size: block.page_size ?? 5 };
  const body = h('tbody', {});
  const foot = h('div.table-foot', {});
  const heads = head.map((cell, column) =>
    h(
      'th',
      { scope: 'col', dataset: { align: isNumber(rows[0]?.[column]) ? 'right' : 'left' } },
      h('button.table-sort', { type: 'button', onclick: () => sortBy(column) }, face(cell), icon('sort', 14)),
    ),
  );

  function sortBy(column) {
    view.down = view.column === column && !view.down;
    view.column = column;
    view.page = 0;
    draw();
  }

  function draw() {
    const found = sorted(
      rows.filter((row) => finds(view.query, row.map(textOf).join(' '))),
      view,
    );
    const pages = Math.max(1, Math.ceil(found.length / view.size));
    view.page = Math.min(view.page, pages - 1);
    const shown = found.slice(view.page * view.size, (view.page + 1) * view.size);
    const index = block.row_header_column_index ?? 0;
    fill(
      body,
      shown.map((row) =>
        h(
          'tr',
          {},
          row.map((cell, column) =>
            column === index ? cellNode('th', cell, null, { scope: 'row' }) : cellNode('td', cell),
          ),
        ),
      ),
    );
    heads.forEach((node, column) =>
      node.setAttribute(
        'aria-sort',
        column !== view.column ? 'none' : view.down ? 'descending' : 'ascending',
      ),
    );
    fill(foot, footing(found.length, pages));
  }

  function footing(count, pages) {
    const turn = (by, label) =>
      h(
        'button.button.button-small',
        {
          type: 'button',
          disabled: view.page + by < 0 || view.page + by >= pages,
          onclick: () => {
            view.page += by;
            draw();
          },
        },
        label,
      );
    const many = pages > 1 && [
      turn(-1, t('Back')),
      h('span', {}, `${view.page + 1} / ${pages}`),
      turn(1, t('Next')),
    ];
    return [
      h('span', { role: 'status' }, tn('{n} row', '{n} rows', count)),
      many && h('span.table-pages', {}, many),
    ];
  }

  const id = uid();
  const filter =
    rows.length > view.size &&
    h('input.input.table-filter', {
      'type': 'search',
      'placeholder': t('Filter…'),
      'aria-label': t('Filter…'),
      'oninput': (event) => {
        view.query = event.target.value;
        view.page = 0;
        draw();
      },
    });
  draw();
  const node = h('table', { 'aria-labelledby': id }, h('thead', {}, h('tr', {}, heads)), body);
  return h(
    'div.data-table',
    {},
    h('div.table-head', {}, h('strong', { id }, block.caption ?? ''), filter),
    h('div.table-scroll', { tabindex: 0 }, node),
    foot,
  );
}

const textOf = (cell) =>
  cell?.type === 'rich_text' ? richText(cell).textContent : String(cell?.text ?? cell?.value ?? '');

function sorted(rows, { column, down }) {
  if (column < 0) return rows;
  const collator = new Intl.Collator(reader.locale, { numeric: true });
  const compare = (a, b) =>
    isNumber(a[column]) && isNumber(b[column])
      ? numberOf(a[column]) - numberOf(b[column])
      : collator.compare(textOf(a[column]), textOf(b[column]));
  return [...rows].sort((a, b) => (down ? -1 : 1) * compare(a, b));
}
