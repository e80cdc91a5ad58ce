import { describe, expect, it } from 'vitest';

import { compute, indexOf, placeOf, readingOrder } from './compute';
import example from './example.json';
import { frame, lastStep, neighbour } from './layout';

const { golden, model } = example;

describe('compute', () => {
  it.each(golden)('does what torch does with B $B, T $T, C $C, H $H', place => {
    const { layouts, left } = compute({}, place);
    expect(left).toBe(0);
    layouts.forEach((layout, step) => {
      const wanted = place.layouts[step]!;
      expect(layout.sizes).toEqual(wanted.sizes);
      expect(layout.strides).toEqual(wanted.strides);
      place.places
        .filter(at => at < layout.count)
        .forEach((at, i) => {
          expect(indexOf(layout, at)).toEqual(wanted.indices[i]);
          expect(placeOf(layout, wanted.indices[i] as number[])).toBe(at);
        });
    });
  });

  it('has the shapes of the real forward pass', () => {
    const [B, T, C] = model.before as [number, number, number];
    const { layouts } = compute({}, { B, T, C, H: model.n_head });
    expect(layouts[2]?.sizes).toEqual(model.before);
    expect(layouts[4]?.sizes).toEqual(model.query);
  });

  it('reads in memory order until the transpose', () => {
    const { layouts } = compute({}, { B: 2, T: 3, C: 4, H: 2 });
    const inOrder = Array.from({ length: 24 }, (_, n) => n);
    expect(readingOrder(layouts[2]!)).toEqual(inOrder);
    expect(readingOrder(layouts[3]!)).toEqual(inOrder);
    expect(readingOrder(layouts[4]!).slice(0, 6)).toEqual([0, 1, 4, 5, 8, 9]);
  });

  it('does not cut what the heads cannot share', () => {
    const { layouts, left } = compute({}, { B: 2, T: 3, C: 4, H: 3 });
    expect([layouts.length, left]).toEqual([3, 1]);
    expect(() => compute({}, { B: 2, T: 0, C: 4, H: 2 })).toThrow(/whole/);
  });
});

describe('layout', () => {
  const all = [
    { B: 2, T: 3, C: 4, H: 2 },
    { B: 3, T: 4, C: 8, H: 4 },
    { B: 3, T: 4, C: 8, H: 3 },
    { B: 1, T: 1, C: 1, H: 1 }
  ];

  it.each(all)(
    'B $B, T $T, C $C, H $H: no cell on another, all inside',
    sizes => {
      for (const width of [240, 630]) {
        for (let step = 0; step <= lastStep(sizes); step++) {
          const { cells, cell, height } = frame(sizes, step, 0, width);
          expect(cell).toBeGreaterThanOrEqual(20);
          for (const one of cells) {
            expect(one.x).toBeGreaterThanOrEqual(0);
            expect(one.x + cell).toBeLessThanOrEqual(width);
            expect(one.y + cell).toBeLessThanOrEqual(height);
            const on = cells.filter(
              other =>
                Math.abs(other.x - one.x) < cell &&
                Math.abs(other.y - one.y) < cell
            );
            expect(on).toEqual([one]);
          }
        }
      }
    }
  );

  it('a frame between two layouts keeps every number', () => {
    const sizes = { B: 2, T: 3, C: 4, H: 2 };
    const half = frame(sizes, 3, 0.5, 630);
    expect(half.cells.map(({ place }) => place).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 24 }, (_, n) => n)
    );
    const [from, to] = [frame(sizes, 3, 0, 630), frame(sizes, 4, 0, 630)];
    const x = (scene: typeof half, place: number): number =>
      scene.cells.find(cell => cell.place === place)!.x;
    expect(x(half, 3)).toBeCloseTo((x(from, 3) + x(to, 3)) / 2);
    expect(frame(sizes, 1, 0.5, 630).cells[20]?.opacity).toBe(0.5);
  });

  it('arrow keys reach every cell', () => {
    for (const step of [2, 3, 4]) {
      const { cells } = frame({ B: 2, T: 3, C: 4, H: 2 }, step, 0, 240);
      const found = new Set([0]);
      const queue = [cells[0]!];
      for (let cell = queue.pop(); cell; cell = queue.pop()) {
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1]
        ]) {
          const next = neighbour(cells, cell, dx!, dy!);
          if (next && !found.has(next.place)) {
            found.add(next.place);
            queue.push(next);
          }
        }
      }
      expect(found.size).toBe(24);
    }
  });
});
