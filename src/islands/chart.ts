/** A small line chart with a legend that names the last value of each series. */
import type { ChartView } from '#shared/wire.ts';
import { drawing, element } from './element.ts';

const width = 320;
const height = 90;

export function chart({ title, unit, series }: ChartView): HTMLElement {
  const points = series.flatMap((line) => line.points);
  const times = points.map(([at]) => at);
  const first = Math.min(...times);
  const last = Math.max(...times);
  const highest = Math.max(...points.map(([, value]) => value), Number.MIN_VALUE);
  const place = ([at, value]: readonly [number, number]): string =>
    `${((at - first) / Math.max(1, last - first)) * width},${height - (value / highest) * (height - 6)}`;
  const lines = series.map((line, index) =>
    drawing('polyline', { points: line.points.map(place).join(' '), class: `series-${index % 6}` }),
  );
  const legend = series.map(({ name, points: own }, index) =>
    element('li', { class: `series-${index % 6}` }, `${name}: ${round(own.at(-1)?.[1])} ${unit}`),
  );
  return element(
    'figure',
    { class: 'chart' },
    element('figcaption', {}, title),
    drawing('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...lines),
    element('ul', {}, ...legend),
  );
}

function round(value: number | undefined): string {
  if (value === undefined) return '—';
  return value.toLocaleString([], { maximumFractionDigits: value < 10 ? 2 : 0 });
}
