/**
 * The outline of each kind of node, so that kinds differ without colour. One table
 * for the map (canvas path) and the legend and lists (SVG path).
 */
import type { NodeType } from '../model/model';
import type { IOutline } from './pen';

/** A circle, or corners on the unit circle's scale. */
export type Shape =
  | { readonly kind: 'circle' }
  | {
      readonly kind: 'corners';
      readonly corners: readonly (readonly [number, number])[];
    };

const CIRCLE: Shape = { kind: 'circle' };

export const SHAPES: Readonly<Record<NodeType, Shape>> = {
  concept: CIRCLE,
  file: corners([
    [-0.72, -0.95],
    [0.3, -0.95],
    [0.72, -0.5],
    [0.72, 0.95],
    [-0.72, 0.95]
  ]),
  class: corners([
    [0, -1.12],
    [1.12, 0],
    [0, 1.12],
    [-1.12, 0]
  ]),
  function: corners([
    [-0.85, -0.85],
    [0.85, -0.85],
    [0.85, 0.85],
    [-0.85, 0.85]
  ]),
  lesson: regular(5, 1.1, -Math.PI / 2),
  viz: regular(3, 1.25, -Math.PI / 2),
  external: regular(6, 1.05, 0)
};

function corners(points: readonly (readonly [number, number])[]): Shape {
  return { kind: 'corners', corners: points };
}

function regular(count: number, reach: number, turn: number): Shape {
  return corners(
    Array.from({ length: count }, (_, n) => {
      const angle = turn + (2 * Math.PI * n) / count;
      return [reach * Math.cos(angle), reach * Math.sin(angle)] as const;
    })
  );
}

/** Add the outline around x, y to the path that is being built. */
export function trace(
  path: IOutline,
  shape: Shape,
  x: number,
  y: number,
  radius: number
): void {
  if (shape.kind === 'circle') {
    path.circle(x, y, radius);
    return;
  }
  const points = shape.corners;
  path.moveTo(x + points[0][0] * radius, y + points[0][1] * radius);
  for (let n = 1; n < points.length; n++) {
    path.lineTo(x + points[n][0] * radius, y + points[n][1] * radius);
  }
  path.closePath();
}

/** The same outline as the `d` of an SVG path in a box of 16 by 16. */
export function svgPath(shape: Shape, radius = 6): string {
  if (shape.kind === 'circle') {
    return `M${8 - radius} 8a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
  }
  const points = shape.corners.map(
    ([dx, dy]) =>
      `${(8 + dx * radius).toFixed(2)} ${(8 + dy * radius).toFixed(2)}`
  );
  return `M${points.join('L')}z`;
}

/** Radius in world units: ideas are large, and what much hangs on is larger. */
export function radiusOf(type: NodeType, degree: number): number {
  const growth = Math.min(5, Math.sqrt(degree) * 0.9);
  switch (type) {
    case 'concept':
      return 6 + growth;
    case 'file':
      return 6.5 + growth;
    case 'class':
      return 4.5 + 0.7 * growth;
    case 'lesson':
    case 'viz':
      return 5;
    case 'function':
      return 3.2 + 0.4 * growth;
    case 'external':
      return 3.5 + 0.3 * growth;
  }
}
