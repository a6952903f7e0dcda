/** The few signs of the terminals' bar, drawn in the ink of the button they stand in. */
import { drawing } from '../element.ts';

const paths = {
  plus: 'M8 3v10M3 8h10',
  split: 'M2.5 3.5h11v9h-11zM8 3.5v9',
  search: 'M7 3a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM10 10l3.5 3.5',
  more: 'M3 8h.01M8 8h.01M13 8h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
} as const;

export function icon(name: keyof typeof paths): SVGElement {
  return drawing(
    'svg',
    { viewBox: '0 0 16 16', class: 'terminal-icon', 'aria-hidden': 'true', focusable: 'false' },
    drawing('path', { d: paths[name] }),
  );
}
