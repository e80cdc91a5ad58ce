import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { NodeId } from '../../api/types.gen';
import { Places } from '../layout/places';
import { DEFAULT_FILTER, shown } from '../model/filter';
import { buildModel } from '../model/model';
import { regionsOf } from '../model/regions';
import { sampleGraph } from '../model/sample';
import { GraphRenderer } from './renderer';

const words = { libraries: 'Libraries', rest: 'Other', top: 'Code' };
const model = buildModel(sampleGraph(200));
const regions = regionsOf(model, words);
const view = shown(model, DEFAULT_FILTER);

/** A context that counts: jsdom has none. Each canvas has its own. */
class FakeContext {
  clears = 0;
  strokes = 0;
  clearRect(): void {
    this.clears++;
  }
  stroke(): void {
    this.strokes++;
  }
  measureText(text: string): { width: number } {
    return { width: 6 * text.length };
  }
}
for (const name of [
  ...['setTransform', 'setLineDash', 'beginPath', 'moveTo', 'lineTo'],
  ...['fill', 'roundRect', 'fillRect', 'fillText', 'strokeText']
]) {
  Object.assign(FakeContext.prototype, { [name]: () => undefined });
}
class FakePath {
  moveTo(): void {}
  lineTo(): void {}
  arc(): void {}
  closePath(): void {}
}

describe('GraphRenderer', () => {
  let renderer: GraphRenderer;
  let host: HTMLElement;
  const contexts = new Map<HTMLCanvasElement, FakeContext>();
  const frame = () =>
    new Promise(resolve =>
      requestAnimationFrame(() => requestAnimationFrame(resolve))
    );
  const of = (name: string): FakeContext =>
    contexts.get(host.querySelector<HTMLCanvasElement>(`.${name}`)!)!;
  const below = (): FakeContext => of('jp-NanochatLearn-mapBelow');
  const above = (): FakeContext => of('jp-NanochatLearn-mapAbove');
  let resize: () => void = () => undefined;

  beforeEach(async () => {
    vi.stubGlobal('Path2D', FakePath);
    vi.stubGlobal(
      'ResizeObserver',
      class {
        constructor(heard: () => void) {
          resize = heard;
        }
        observe(): void {}
        disconnect(): void {}
      }
    );
    vi.stubGlobal('matchMedia', () => ({ matches: true }));
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(
      function (this: HTMLCanvasElement) {
        const context = contexts.get(this) ?? new FakeContext();
        contexts.set(this, context);
        return context as never;
      }
    );
    host = document.createElement('div');
    Object.defineProperties(host, {
      clientWidth: { value: 400, configurable: true },
      clientHeight: { value: 600, configurable: true }
    });
    renderer = new GraphRenderer(host, {
      hover() {},
      reasons() {},
      openReason() {},
      select() {},
      open() {},
      dragged() {},
      moved() {}
    });
    const places = new Places({ savePositions: async () => {} });
    places.setModel(model, regions, '', 'w');
    places.dispose();
    renderer.setGraph(model, view, regions);
    renderer.setPositions(places.xy);
    resize();
    await frame();
  });
  afterEach(() => {
    renderer.dispose();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  const concept = model.nodes[3].id;

  it('rings what somebody else points at, at once, without drawing the map again', async () => {
    const [drawn, before] = [below().clears, above().strokes];
    const start = performance.now();
    renderer.point([concept, 'gone' as NodeId]);
    expect(performance.now() - start).toBeLessThan(100);
    expect(above().strokes).toBe(before + 1);
    renderer.point([]);
    expect(above().strokes).toBe(before + 1);
    await frame();
    expect(below().clears).toBe(drawn);
  });

  it('moves for nothing that is in sight', async () => {
    const { lens } = renderer;
    renderer.select(concept);
    renderer.light(new Set([1, 2, 3]));
    renderer.point([concept]);
    renderer.tell([0, 1]);
    renderer.reveal([1, 2]);
    renderer.mark({ trail: [1, 2], pinned: new Set([3]) });
    renderer.setGraph(model, view, regions);
    renderer.setPositions(renderer.scene.xy.fill(0, 0, 2));
    await frame();
    expect(renderer.lens).toEqual(lens);
  });

  it('brings what is out of sight in, at the same zoom', async () => {
    renderer.zoomBy(3);
    const { k } = renderer.lens;
    const away = model.nodes.find(({ index }) => {
      const { x, y } = renderer.lens;
      const { xy } = renderer.scene;
      return xy[2 * index] * k + x > 500 || xy[2 * index + 1] * k + y > 700;
    })!;
    renderer.select(away.id);
    const { x, y } = renderer.lens;
    const { xy } = renderer.scene;
    expect(renderer.lens.k).toBe(k);
    expect(xy[2 * away.index] * k + x).toBeGreaterThan(0);
    expect(xy[2 * away.index] * k + x).toBeLessThan(400);
    expect(xy[2 * away.index + 1] * k + y).toBeLessThan(600);

    // A card that covers it moves it out from below, no farther than needed.
    renderer.cover(560);
    const after = renderer.lens;
    expect(xy[2 * away.index + 1] * k + after.y).toBeLessThan(40);
  });

  it('fits itself to another width until somebody touches it, then keeps its middle', () => {
    const { k } = renderer.lens;
    Object.defineProperty(host, 'clientWidth', { value: 800 });
    resize();
    expect(renderer.lens.k).toBeGreaterThanOrEqual(k);
    renderer.select(concept);
    const before = renderer.lens;
    Object.defineProperty(host, 'clientWidth', { value: 700 });
    resize();
    expect(renderer.lens).toEqual({ ...before, x: before.x - 50 });
    Object.defineProperty(host, 'clientHeight', { value: 300 });
    resize();
    expect(renderer.lens).toEqual({ ...before, x: before.x - 50 });
  });
});
