/**
 * A square piece of the plane, as school draws it: x to the right, y up, 0 in the cross.
 * Drawn in its own units, so that what lies on it is given in numbers, not in pixels.
 */
import { svg } from './dom';

export type Point = readonly [number, number];

export interface IPlane {
  readonly node: SVGElement;
  /** Draw on top of what is there. */
  add(...parts: SVGElement[]): void;
  /** Where on the plane the mouse is, kept within it. */
  under(event: MouseEvent): Point;
  /** A place as percent from the left and from the top. */
  percent(point: Point): Point;
}

/** From `from` to `to` in both directions, with a line at each multiple of `every`. */
export function plane(from: number, to: number, every = 1): IPlane {
  const size = to - from;
  const lines: SVGElement[] = [];
  for (let at = Math.ceil(from / every) * every; at <= to; at += every) {
    const kind = at === 0 ? 'nl-axis' : 'nl-lattice';
    lines.push(
      svg('line', { x1: at, x2: at, y1: -to, y2: -from, class: kind }),
      svg('line', { y1: -at, y2: -at, x1: from, x2: to, class: kind })
    );
  }
  const node = svg(
    'svg',
    {
      class: 'nl-plane',
      viewBox: `${from} ${-to} ${size} ${size}`,
      'aria-hidden': 'true'
    },
    ...lines
  );
  const within = (value: number): number => Math.min(Math.max(value, from), to);
  return {
    node,
    add: (...parts) => node.append(...parts),
    under(event) {
      const box = node.getBoundingClientRect();
      return [
        within(from + ((event.clientX - box.left) / box.width) * size),
        within(to - ((event.clientY - box.top) / box.height) * size)
      ];
    },
    percent: ([x, y]) => [((x - from) / size) * 100, ((to - y) / size) * 100]
  };
}

/** A line between two points of a plane. */
export function segment(kind: string): {
  node: SVGElement;
  from(a: Point, b: Point): void;
} {
  const node = svg('line', { class: kind });
  return {
    node,
    from([x1, y1], [x2, y2]) {
      Object.entries({ x1, y1: -y1, x2, y2: -y2 }).forEach(([name, value]) =>
        node.setAttribute(name, value.toFixed(4))
      );
    }
  };
}

/** An arrow from 0; its head is `size` long, in the units of the plane. */
export function arrow(
  kind: string,
  size: number
): { node: SVGElement; to(tip: Point): void } {
  const shaft = svg('line', { x1: 0, y1: 0 });
  const head = svg('path', {
    d: `M0 0L${-size} ${-size / 2}L${-size} ${size / 2}Z`
  });
  const node = svg('g', { class: kind }, shaft, head);
  return {
    node,
    to([x, y]) {
      const length = Math.hypot(x, y);
      const turn = (Math.atan2(-y, x) * 180) / Math.PI;
      node.setAttribute('transform', `rotate(${turn.toFixed(3)})`);
      shaft.setAttribute('x2', Math.max(length - size / 2, 0).toFixed(4));
      shaft.setAttribute('y2', '0');
      head.setAttribute('transform', `translate(${length.toFixed(4)} 0)`);
      head.style.display = length === 0 ? 'none' : '';
    }
  };
}

export const PLANE = `
.nl-plane{display:block;width:100%;aspect-ratio:1;border:1px solid var(--nl-line);touch-action:none}
.nl-plane *{vector-effect:non-scaling-stroke}
.nl-lattice{stroke:var(--nl-line);stroke-width:.5;opacity:.6}
.nl-axis{stroke:var(--nl-soft);stroke-width:1.2}
`;
