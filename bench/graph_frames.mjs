/**
 * What a frame of the map costs: hover, pan and zoom with real mouse events in Chromium,
 * beside the npm package force-graph on the same made-up graph with the same places.
 * Figures are CPU milliseconds per event (renderer and GPU process, so that drawing in
 * software counts) and, in brackets, of the page's main thread. force-graph draws no
 * names, regions and sheets here; the map does. The bars: 400 nodes, at most 16 ms;
 * 2,000 nodes, at most 33 ms. "whole" shows all, "near" is read at zoom 1.
 */
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SIZES = [400, 2000];
const BARS_MS = { 400: 16, 2000: 33 };
const [WIDTH, HEIGHT] = [480, 800];

/** What runs in the page: both renderers, one after the other, on the same graph. */
const PAGE = `
import ForceGraph from 'force-graph';
import { wholeLayout } from './src/graph/layout/whole';
import { GraphRenderer } from './src/graph/map/renderer';
import { DEFAULT_FILTER, shown } from './src/graph/model/filter';
import { buildModel } from './src/graph/model/model';
import { regionsOf } from './src/graph/model/regions';
import { sampleGraph } from './src/graph/model/sample';

let model, view, regions, xy, close = () => {}, look = () => '', before = '';
window.moved = () => look() !== before;
window.start = () => { before = look(); };

window.prepare = size => {
  model = buildModel(sampleGraph(size));
  view = shown(model, DEFAULT_FILTER);
  regions = regionsOf(model, { libraries: '', rest: '', top: '' });
  const start = performance.now();
  const places = wholeLayout(model, regions);
  const spent = performance.now() - start;
  xy = Float32Array.from(model.nodes.flatMap(({ id }) => {
    const { x, y } = places.get(id);
    return [x, y];
  }));
  return spent;
};

function host() {
  close();
  const node = document.createElement('div');
  node.className = 'jp-NanochatLearn-mapHost';
  document.body.replaceChildren(node);
  return node;
}

window.map = k => {
  const renderer = new GraphRenderer(host(), {
    hover() {}, reasons() {}, openReason() {}, select() {}, open() {}, moved() {}
  });
  renderer.setGraph(model, view, regions);
  renderer.setPositions(xy.slice());
  renderer.fit(null, -1, true);
  if (k > 0) setTimeout(() => renderer.zoomBy(k / renderer.lens.k), 200);
  close = () => renderer.dispose();
  look = () => JSON.stringify(renderer.lens);
};

window.peer = k => {
  const graph = new ForceGraph(host())
    .width(innerWidth).height(innerHeight)
    .cooldownTicks(0)
    .nodeLabel('label')
    .linkDirectionalArrowLength(4)
    .graphData({
      nodes: model.nodes.map(({ id, label, index }) => ({
        id, label, x: xy[2 * index], y: xy[2 * index + 1],
        fx: xy[2 * index], fy: xy[2 * index + 1]
      })),
      links: model.edges.map(({ source, target }) => ({
        source: model.nodes[source].id, target: model.nodes[target].id
      }))
    });
  setTimeout(() => k > 0 ? graph.zoom(k, 0) : graph.zoomToFit(0, 12), 300);
  close = () => graph._destructor();
  look = () => JSON.stringify([graph.zoom(), graph.centerAt()]);
};
`;

const bundle = await build({
  stdin: { contents: PAGE, resolveDir: ROOT, loader: 'js' },
  bundle: true,
  format: 'iife',
  write: false,
  logLevel: 'error'
});

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync'
  ]
});
const page = await browser.newPage({
  viewport: { width: WIDTH, height: HEIGHT }
});
await page.setContent('<body style="margin:0"></body>');
await page.addStyleTag({ path: `${ROOT}src/style/graph-map.css` });
await page.addScriptTag({ content: bundle.outputFiles[0].text });
const whole = await browser.newBrowserCDPSession();
const main = await page.context().newCDPSession(page);
await main.send('Performance.enable');

/** CPU seconds so far: renderer and GPU process together; the page's main thread. */
async function spent() {
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const { metrics } = await main.send('Performance.getMetrics');
  return {
    total: processInfo
      .filter(({ type }) => type === 'renderer' || type === 'GPU')
      .reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    page: metrics.find(({ name }) => name === 'TaskDuration').value
  };
}

const frame = () =>
  page.evaluate(
    () =>
      new Promise(done =>
        window.requestAnimationFrame(() => setTimeout(done, 0))
      )
  );

/** Mean CPU ms of one event of `count`, each followed by a frame. */
async function cost(count, act) {
  const before = await spent();
  for (let n = 0; n < count; n++) {
    await act(n);
    await frame();
  }
  const after = await spent();
  return {
    total: ((after.total - before.total) * 1000) / count,
    page: ((after.page - before.page) * 1000) / count
  };
}

async function walk(which, k) {
  await page.evaluate(([name, zoom]) => window[name](zoom), [which, k]);
  await page.waitForTimeout(900);
  await page.evaluate(() => window.start());
  const { mouse } = page;
  const hover = await cost(60, n =>
    mouse.move(60 + ((n * 67) % 360), 150 + ((n * 41) % 500))
  );
  await mouse.move(6, 6);
  await mouse.down();
  const pan = await cost(60, n => mouse.move(6 + 2 * n, 6 + 3 * n));
  await mouse.up();
  await mouse.move(WIDTH / 2, HEIGHT / 2);
  const zoom = await cost(40, n => mouse.wheel(0, n % 20 < 10 ? -60 : 60));
  const moved = await page.evaluate(() => window.moved());
  if (!moved) {
    throw new Error(`${which}: the mouse did not reach the graph.`);
  }
  return { hover, pan, zoom };
}

const round = number => number.toFixed(1).padStart(5);
let missed = false;
console.log(`CPU ms per event (page's main thread), ${WIDTH} x ${HEIGHT}`);
for (const size of SIZES) {
  const spent = await page.evaluate(n => window.prepare(n), size);
  console.log(`${size} nodes laid out from nothing in ${spent.toFixed(0)} ms`);
  for (const [name, k] of [
    ['whole', 0],
    ['near', 1]
  ]) {
    // Once each unmeasured: compilers and caches are warm for both.
    await walk('map', k);
    await walk('peer', k);
    const ours = await walk('map', k);
    const peer = await walk('peer', k);
    for (const act of ['hover', 'pan', 'zoom']) {
      const [a, b] = [ours[act], peer[act]];
      missed ||= a.total > BARS_MS[size];
      console.log(
        `${String(size).padStart(5)} ${name.padEnd(5)} ${act.padEnd(5)}` +
          `  map ${round(a.total)} (${round(a.page)})` +
          `  force-graph ${round(b.total)} (${round(b.page)})` +
          `  ratio ${(a.total / b.total).toFixed(2)}  bar ${BARS_MS[size]} ms`
      );
    }
  }
}
await browser.close();
console.log(missed ? 'Above a bar on this machine.' : 'Within the bars.');
