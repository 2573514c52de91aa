/** Dates and times. */
import { dateField } from './calendar.js';
import { fromWallClock, isoDay, isoTime } from './dates.js';
import { debounce, h } from './dom.js';
import { change, keep } from './fields.js';
import { t } from './i18n.js';
import { reader } from './reader.js';
import { wordsOf } from './text.js';

const SETTLED = 600;

/** A datepicker as {node, focus, input}. */
export function datePicker(element, block, surface, ids) {
  const field = surface.field(block, element, {
    type: element.type,
    selected_date: element.initial_date ?? null,
  });
  const words = wordsOf(element.placeholder);
  const take = async (day) => {
    const before = field.value.selected_date;
    if (!(await change(surface, field, { type: element.type, selected_date: day }))) date.put(before);
  };
  const date = dateField({
    value: field.value.selected_date,
    id: ids?.input,
    label: words || t('Date'),
    placeholder: words,
    onpick: take,
  });
  field.focus = () => date.input.focus();
  return { node: date.node, focus: field.focus, input: date.input };
}

/** A timepicker as {node, focus, input}. */
export function timePicker(element, block, surface, ids) {
  const zone = element.timezone ? { timezone: element.timezone } : {};
  const field = surface.field(block, element, {
    type: element.type,
    selected_time: element.initial_time ?? null,
    ...zone,
  });
  const clock = clockField(field.value.selected_time, ids?.input, wordsOf(element.placeholder));
  tellLater(
    clock,
    surface,
    field,
    () => ({ ...field.value, selected_time: clock.value || null }),
    (held) => {
      clock.value = held.selected_time ?? '';
    },
  );
  field.focus = () => clock.focus();
  return { node: clock, focus: field.focus, input: clock };
}

const clockField = (value, id, label) =>
  h('input.input.picker', {
    'type': 'time',
    id,
    'value': value ?? '',
    'aria-label': id ? null : label || t('Time'),
  });

/** datetimepicker: a day and a time in the person's zone, kept as seconds since 1970. */
export function momentPicker(element, block, surface, ids) {
  const field = surface.field(block, element, {
    type: element.type,
    selected_date_time: element.initial_date_time ?? null,
  });
  const held = field.value.selected_date_time;
  const clock = clockField(held ? isoTime(held) : '');
  const valueNow = () => ({
    type: element.type,
    selected_date_time: date.value && clock.value ? fromWallClock(date.value, clock.value) : null,
  });
  const put = ({ selected_date_time: moment }) => {
    date.put(moment ? isoDay(moment) : null);
    clock.value = moment ? isoTime(moment) : '';
  };
  const tell = tellLater(clock, surface, field, valueNow, put);
  const date = dateField({
    value: held ? isoDay(held) : null,
    id: ids?.input,
    label: t('Date'),
    onpick: tell,
  });
  field.focus = () => date.input.focus();
  return {
    node: h('div.moment', {}, date.node, clock, h('span.moment-zone', {}, reader.tz)),
    focus: field.focus,
    input: date.input,
  };
}

/** Keeps what the clock says at once, and tells it when the person has paused; `put` shows what holds if they took it back. */
function tellLater(clock, surface, field, valueNow, put) {
  const silent = field.block.type === 'input' && !field.block.dispatch_action;
  const tell = debounce(async () => {
    if (!(await change(surface, field, valueNow()))) put(field.value);
  }, SETTLED);
  const changed = () => (silent ? keep(surface, field, valueNow()) : tell());
  clock.addEventListener('input', changed);
  return changed;
}
