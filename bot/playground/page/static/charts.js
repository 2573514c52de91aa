/** data_visualization blocks: bars, lines and shares drawn as SVG, with the numbers as a table for screen readers. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { reader } from './reader.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 560;
const HEIGHT = 220;
const LEFT = 52;
const BOTTOM = 28;

function s(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  node.append(...children.flat());
  return node;
}

/** A chart block: {title, chart: {type, segments | series, axis_config}}. */
export function chartBlock(block) {
  const chart = block.chart ?? {};
  const pie = chart.type === 'pie';
  const series = pie ? [{ name: block.title, data: chart.segments ?? [] }] : (chart.series ?? []);
  const labels = pie ? series[0].data.map((point) => point.label) : categories(chart, series);
  const picture = pie ? shares(series[0].data) : axes(chart.type, series, labels);
  const names = pie ? labels : series.map((one) => one.name);
  const legend =
    (pie || series.length > 1) &&
    h(
      'ul.chart-legend',
      {},
      names.map((name, at) => h('li', { dataset: { hue: at % 6 } }, name)),
    );
  return h('figure.chart', {}, h('figcaption', {}, block.title), picture, legend, numbers(series, labels));
}

function categories(chart, series) {
  const given = chart.axis_config?.categories ?? chart.axis?.categories;
  return given ?? [...new Set(series.flatMap((one) => (one.data ?? []).map((point) => point.label)))];
}

const valueOf = (one, label, at) => {
  const point = one.data?.find((each) => each?.label === label) ?? one.data?.[at];
  return Number(point?.value ?? point) || 0;
};

const short = (number) => new Intl.NumberFormat(reader.locale, { notation: 'compact' }).format(number);

function axes(type, series, labels) {
  const values = series.flatMap((one) => labels.map((label, at) => valueOf(one, label, at)));
  const top = Math.max(1, ...values);
  const low = Math.min(0, ...values);
  const y = (value) => 10 + (HEIGHT - BOTTOM - 10) * (1 - (value - low) / (top - low));
  const band = (WIDTH - LEFT) / Math.max(1, labels.length);
  const x = (at) => LEFT + band * (at + 0.5);
  const grid = [low, (low + top) / 2, top].map((value) => [
    s('line', { class: 'chart-grid', x1: LEFT, x2: WIDTH, y1: y(value), y2: y(value) }),
    s(
      'text',
      { 'class': 'chart-label', 'x': LEFT - 8, 'y': y(value) + 4, 'text-anchor': 'end' },
      short(value),
    ),
  ]);
  const names = labels.map((label, at) =>
    s(
      'text',
      { 'class': 'chart-label', 'x': x(at), 'y': HEIGHT - 8, 'text-anchor': 'middle' },
      String(label),
    ),
  );
  const draw = type === 'bar' ? bars : curves(type === 'area');
  return s(
    'svg',
    { 'viewBox': `0 0 ${WIDTH} ${HEIGHT}`, 'class': 'chart-picture', 'aria-hidden': 'true' },
    grid.flat(),
    draw({ series, labels, x, y, band }),
    names,
  );
}

function bars({ series, labels, x, y, band }) {
  const width = Math.min(36, (band * 0.7) / Math.max(1, series.length));
  return series.flatMap((one, row) =>
    labels.map((label, at) => {
      const value = valueOf(one, label, at);
      const left = x(at) + (row - series.length / 2) * width + 1;
      return s('rect', {
        'data-hue': row % 6,
        'x': left,
        'y': Math.min(y(value), y(0)),
        'width': Math.max(1, width - 2),
        'height': Math.abs(y(value) - y(0)),
        'rx': 2,
      });
    }),
  );
}

const curves =
  (filled) =>
  ({ series, labels, x, y }) =>
    series.map((one, row) => {
      const points = labels.map((label, at) => `${x(at)},${y(valueOf(one, label, at))}`);
      const area = filled
        ? [
            s('polygon', {
              'data-hue': row % 6,
              'class': 'chart-area',
              'points': [`${x(0)},${y(0)}`, ...points, `${x(labels.length - 1)},${y(0)}`].join(' '),
            }),
          ]
        : [];
      return s(
        'g',
        {},
        area,
        s('polyline', { 'data-hue': row % 6, 'class': 'chart-line', 'points': points.join(' ') }),
      );
    });

function shares(segments) {
  const total = segments.reduce((sum, one) => sum + Math.max(0, Number(one.value) || 0), 0) || 1;
  let from = 0;
  const rings = segments.map((one, at) => {
    const part = (Math.max(0, Number(one.value) || 0) / total) * 100;
    const ring = s('circle', {
      'class': 'chart-ring',
      'data-hue': at % 6,
      'cx': 110,
      'cy': 110,
      'r': 70,
      'pathLength': 100,
      'stroke-dasharray': `${Math.max(0, part - 0.6)} 100`,
      'stroke-dashoffset': -from,
    });
    from += part;
    return ring;
  });
  return s(
    'svg',
    { 'viewBox': '0 0 220 220', 'class': 'chart-picture chart-round', 'aria-hidden': 'true' },
    rings,
  );
}

function numbers(series, labels) {
  const head = h(
    'tr',
    {},
    h('th', {}, ''),
    series.map((one) => h('th', { scope: 'col' }, one.name ?? t('Value'))),
  );
  const rows = labels.map((label, at) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, String(label)),
      series.map((one) => h('td', {}, String(valueOf(one, label, at)))),
    ),
  );
  return h('table.unseen', {}, head, rows);
}
