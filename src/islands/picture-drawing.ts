/** The drawing of the live picture: a card for each host, an arrow along which each replica gets its data. */
import type { HostPicture, PictureView, RedisPicture } from '#shared/wire.ts';
import { drawing } from './element.ts';
import { boardWidth, card, linkBetween, placeOf, type Point } from './picture-geometry.ts';
import { keysInWords, otherServices, size, stateInWords } from './picture-words.ts';

export function draw({ hosts }: PictureView): SVGSVGElement {
  const names = hosts.map(({ host }) => host);
  const links = hosts.flatMap(({ host, state, redis }) => {
    const from = redis?.follows && placeOf(redis.follows, names);
    const to = placeOf(host, names);
    return state === 'running' && from && to && redis.role === 'replica' ? [link(from, to, redis)] : [];
  });
  const cards = hosts.flatMap((host) => {
    const place = placeOf(host.host, names);
    return place ? [hostCard(host, place)] : [];
  });
  const height = Math.max(...names.map((name) => placeOf(name, names)?.y ?? 0)) + card.height / 2 + 16;
  return drawing(
    'svg',
    { viewBox: `0 0 ${boardWidth} ${height}`, 'aria-hidden': 'true' },
    drawing('defs', {}, arrowHead('up'), arrowHead('down')),
    ...links,
    ...cards,
  );
}

function arrowHead(state: 'up' | 'down'): SVGElement {
  return drawing(
    'marker',
    {
      id: `head-${state}`,
      viewBox: '0 0 8 8',
      refX: '1',
      refY: '4',
      markerWidth: '7',
      markerHeight: '7',
      orient: 'auto',
    },
    drawing('path', { d: 'M0 0l8 4-8 4z', class: `link-head ${state}` }),
  );
}

function link(from: Point, to: Point, { linkUp = false, lag }: RedisPicture): SVGElement {
  const { start, end } = linkBetween(from, to);
  const state = linkUp ? 'up' : 'down';
  const words = linkUp ? (lag === undefined ? '' : `${size(lag)} behind`) : 'link down';
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
  const line = { x1: `${start.x}`, y1: `${start.y}`, x2: `${end.x}`, y2: `${end.y}` };
  return drawing(
    'g',
    { class: `link ${state}` },
    drawing('line', { ...line, 'marker-end': `url(#head-${state})` }),
    drawing('text', { x: `${middle.x}`, y: `${middle.y}`, class: 'link-words' }, words),
  );
}

function hostCard(host: HostPicture, { x, y }: Point): SVGElement {
  const role = host.state === 'running' ? (host.redis?.role ?? 'none') : host.state;
  return drawing(
    'g',
    { class: `host ${role}`, transform: `translate(${x - card.width / 2} ${y - card.height / 2})` },
    drawing('rect', { width: `${card.width}`, height: `${card.height}`, rx: '9', class: 'host-card' }),
    drawing('rect', { width: '5', height: `${card.height - 18}`, x: '0', y: '9', rx: '2.5', class: 'host-stripe' }),
    text(16, 26, 'host-name', host.host),
    text(card.width - 12, 26, 'host-role', roleLabel(host)),
    ...details(host),
  );
}

function roleLabel({ host, state, redis, services }: HostPicture): string {
  if (state !== 'running') return stateInWords(state);
  if (redis) return redis.role;
  if (services.length > 0) return 'watching';
  return host === 'monitor' ? 'nothing yet' : 'no Redis';
}

function details({ state, redis, sentinel, services }: HostPicture): readonly SVGElement[] {
  if (state !== 'running') return [];
  const lines: SVGElement[] = [];
  if (redis) {
    lines.push(text(16, 50, 'host-line', `${keysInWords(redis.keys)} · ${redis.opsPerSecond} ops/s`));
    lines.push(text(16, 70, 'host-line', memoryLine(redis)), ...memoryBar(redis));
  }
  if (sentinel) lines.push(text(16, 96, 'host-sentinel', `◉ Sentinel → ${sentinel.master ?? 'nobody'}`));
  else if (!redis) lines.push(...otherServices(services).map(serviceName));
  return lines;
}

/** Two beside each other. */
function serviceName(name: string, at: number): SVGElement {
  return text(16 + (at % 2) * 88, 56 + Math.floor(at / 2) * 22, 'host-line', name);
}

function memoryLine({ usedMemory, maxMemory, aof }: RedisPicture): string {
  const limit = maxMemory > 0 ? ` of ${size(maxMemory)}` : '';
  return `${size(usedMemory)}${limit}${aof ? ' · AOF' : ''}`;
}

/** Only with a limit: a share of nothing says nothing. */
function memoryBar({ usedMemory, maxMemory }: RedisPicture): readonly SVGElement[] {
  if (maxMemory <= 0) return [];
  const width = card.width - 32;
  const share = Math.min(1, usedMemory / maxMemory);
  const bar = { x: '16', y: '76', height: '5', rx: '2.5' };
  return [
    drawing('rect', { ...bar, width: `${width}`, class: 'memory-all' }),
    drawing('rect', { ...bar, width: `${width * share}`, class: share > 0.8 ? 'memory-used high' : 'memory-used' }),
  ];
}

function text(x: number, y: number, looks: string, words: string): SVGElement {
  return drawing('text', { x: `${x}`, y: `${y}`, class: looks }, words);
}
