import { describe, expect, it, vi } from 'vitest';

import type { NodeId } from '../../api/types.gen';
import { Places } from '../layout/places';
import { DEFAULT_FILTER, shown } from '../model/filter';
import { buildModel } from '../model/model';
import { regionsOf } from '../model/regions';
import { sampleGraph } from '../model/sample';
import { fileName, pictureOf } from './picture';
import { readPalette } from './palette';
import { Scene } from './scene';

const words = { libraries: 'Libraries', rest: 'Other', top: 'Code' };
const graph = sampleGraph(120);
const model = buildModel({
  ...graph,
  clusters: graph.clusters.map((cluster, n) =>
    n === 0 ? { ...cluster, title: 'First & <foremost>' } : cluster
  )
});
const view = shown(model, DEFAULT_FILTER);

/** jsdom has no canvas: enough of one to measure text on. */
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
  measureText: (text: string) => ({ width: 6 * text.length })
} as never);

function scene(): Scene {
  const made = new Scene();
  const regions = regionsOf(model, words);
  const places = new Places({ savePositions: async () => {} });
  places.setModel(model, regions, '', 'w');
  places.dispose();
  made.setModel(model, view, regions);
  made.setPlaces(places.xy);
  return made;
}

async function drawn(of: Scene, k = 1): Promise<Document> {
  const box = of.box()!;
  const [width, height] = [(box.x1 - box.x0) * k, (box.y1 - box.y0) * k];
  const blob = await pictureOf(
    {
      scene: of,
      view: { k, x: -box.x0 * k, y: -box.y0 * k, width, height },
      palette: readPalette(document.body)
    },
    'svg',
    {
      title: 'The map',
      understood: 'Understood:',
      mastery: state => `is ${state}`
    }
  );
  const text = await new Promise<string>(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });
  return new DOMParser().parseFromString(text, 'image/svg+xml');
}

const texts = (svg: Document): string[] =>
  [...svg.querySelectorAll('text')].map(node => node.textContent);

describe('the map as SVG', () => {
  it('is well formed and says what it is', async () => {
    const svg = await drawn(scene());
    expect(svg.querySelector('parsererror')).toBeNull();
    expect(svg.documentElement.querySelector('title')?.textContent).toBe(
      'The map'
    );
    expect(svg.documentElement.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('names each region and each file, and has the clusters below', async () => {
    const names = texts(await drawn(scene()));
    expect(names.filter(name => name === 'First & <foremost>')).toHaveLength(2);
    for (const { title } of model.clusters) {
      expect(names).toContain(title);
    }
    model.nodes
      .filter(({ type }) => type === 'file')
      .forEach(({ label }) => expect(names).toContain(label));
  });

  it('explains the colours of what was understood, and then no others', async () => {
    const of = scene();
    const [first, second] = model.nodes.filter(
      ({ type }) => type === 'concept'
    );
    of.mastery = new Map([
      [first!.id, 'understood'],
      [second!.id, 'shaky']
    ]);
    const svg = await drawn(of);
    const below = texts(svg).slice(-4);
    expect(below).toEqual([
      'Understood:',
      'is unseen',
      'is shaky',
      'is understood'
    ]);
    // as often as its region is named on the map, and no more
    const named = (from: Document): number =>
      texts(from).filter(name => name === 'First & <foremost>').length;
    expect(named(svg)).toBe(named(await drawn(scene())) - 1);
    const { mastery } = readPalette(document.body);
    for (const state of ['shaky', 'understood'] as const) {
      expect(svg.documentElement.outerHTML).toContain(mastery[state]);
    }
  });

  it('shows more names the nearer it is', async () => {
    const counts = [0.2, 0.5, 1].map(
      async k => texts(await drawn(scene(), k)).length
    );
    const [far, nearer, near] = await Promise.all(counts);
    expect(far).toBeLessThan(nearer);
    expect(nearer).toBeLessThan(near);
  });

  it('draws a file’s hold by its sheet, and by a line where it was dragged out', async () => {
    const of = scene();
    const edge = model.edges.findIndex(
      ({ kind, source }) =>
        kind === 'contains' && model.nodes[source].type === 'file'
    );
    expect(of.hasLine(edge)).toBe(false);
    const { target } = model.edges[edge];
    of.place(target, 9000, 9000);
    expect(of.hasLine(edge)).toBe(true);
  });

  it('finds the line under a point, and all its reasons', () => {
    const of = scene();
    const edge = model.edges.findIndex(
      ({ kind }, n) => kind === 'prerequisite' && of.hasLine(n)
    );
    const { source, target } = model.edges[edge];
    const [x, y] = [0, 1].map(
      n => (of.xy[2 * source + n] + of.xy[2 * target + n]) / 2
    );
    expect(of.edgesAt(x, y, 3, n => n === edge)).toContain(edge);
    expect(of.edgesAt(x + 5000, y, 3, () => true)).toEqual([]);
    expect(of.at(of.xy[0], of.xy[1], 2, false)).toBe(0);
  });
});

describe('the file', () => {
  it('is named with the day', () => {
    expect(fileName('svg', new Date(2026, 0, 5))).toBe(
      'nanochat-learn-map-2026-01-05.svg'
    );
    expect(fileName('png', new Date(2026, 10, 26))).toMatch(/2026-11-26\.png$/);
    expect(model.byId.has('gone' as NodeId)).toBe(false);
  });
});
