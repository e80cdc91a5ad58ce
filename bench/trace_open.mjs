/**
 * What a trace costs in the browser: a real JupyterLab, the trace panel 500 px wide, Chromium
 * drawing in software. "open": from the command to the first heatmap on canvas, request
 * included. "seek": from choosing a step to its heatmap, with numbers that have to be fetched
 * ("cold") and with numbers that were seen before ("warm"). "play": 60 steps a second are asked
 * for; the time from heatmap to heatmap, its median and the longest, and the share of frames of
 * this browser that came in time (it draws at 60 a second). Two traces: 20 steps of the shipped
 * tiny model, and one of 20 MB made of normal numbers. Figures are medians in milliseconds.
 * Bars: open 100 ms, seek 16 ms, playing the tiny one 16.7 ms a step.
 */
import { execFileSync, spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { chromium } from '@playwright/test';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PORT = process.env.NANOCHAT_LEARN_TEST_PORT ?? '18899';
const TOKEN = 'bench';
const BASE = `http://127.0.0.1:${PORT}/user/x/`;
const SEEKS = 24;

const LARGE = `
import numpy as np
from nanochat_learn.schema.trace import TRACE_FORMAT, TensorRecord, TracedModel
from nanochat_learn.schema.trace import TraceManifest, TraceStep
from nanochat_learn.traces import TraceWriter
rng = np.random.default_rng(0)
model = TracedModel(kind="made up", config={}, parameters=0, device="cpu")
writer = TraceWriter(__import__("pathlib").Path("traces"), TraceManifest(format=TRACE_FORMAT, name="large", model=model))
names = [f"blocks.{n}.{part}" for n in range(8) for part in ("attn.q", "attn.k", "attn.v", "attn.out", "resid_post")]
for step in range(8):
    arrays = {name: rng.normal(size=(1, 8, 64, 64)).astype("<f2") for name in names}
    records = tuple(TensorRecord(name=n, shape=a.shape) for n, a in arrays.items())
    writer.add(TraceStep(step=step, phase="forward", position=0, length=64, tensors=records), arrays)
writer.finish()
`;

/** Runs in the page: when the heatmap on screen is painted, and milliseconds until it was. */
const MEASURE = `
window.watch = told => {
  const put = CanvasRenderingContext2D.prototype.putImageData;
  CanvasRenderingContext2D.prototype.putImageData = function (...args) {
    put.apply(this, args);
    if (this.canvas.closest('#nanochat-learn-traces .jp-NanochatLearn-heatCells')) {
      told(performance.now());
    }
  };
  return () => { CanvasRenderingContext2D.prototype.putImageData = put; };
};
window.painted = work => new Promise(resolve => {
  const begin = performance.now();
  const end = window.watch(now => {
    end();
    resolve(now - begin);
  });
  work();
});
window.seek = to => window.painted(() => {
  const slider = document.querySelector('#nanochat-learn-traces input[type=range]');
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(slider, to);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
});
window.play = () => new Promise(resolve => {
  const panel = document.querySelector('#nanochat-learn-traces');
  const slider = panel.querySelector('input[type=range]');
  const speed = panel.querySelector('.jp-NanochatLearn-scrubTools select');
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(speed, '60');
  speed.dispatchEvent(new Event('change', { bubbles: true }));
  const times = [];
  const frames = [];
  const end = window.watch(now => times.push(now));
  const frame = now => {
    frames.push(now);
    if (slider.value !== slider.max) {
      return requestAnimationFrame(frame);
    }
    end();
    const gaps = list => list.slice(1).map((time, n) => time - list[n]);
    resolve({ steps: gaps(times), frames: gaps(frames) });
  };
  setTimeout(() => {
    panel.querySelector('button[aria-label="Play"]').click();
    requestAnimationFrame(frame);
  }, 300);
});
window.openTrace = name => window.painted(
  () => void window.jupyterapp.commands.execute('nanochat-learn:open-trace', { name })
);
`;

const server = spawn('python', [`${ROOT}tests/ui/start_lab.py`, PORT, TOKEN], {
  stdio: 'ignore',
  detached: true // a group of its own, so that all of it ends
});
const median = all => [...all].sort((a, b) => a - b)[all.length >> 1];
let browser;
try {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu']
  });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 }
  });
  for (let n = 0; n < 60; n++) {
    try {
      await page.goto(`${BASE}lab?token=${TOKEN}&reset`);
      break;
    } catch {
      await page.waitForTimeout(1000);
    }
  }
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await page.evaluate(() => window.jupyterapp.restored.then(() => {}));
  const cwd = await page.evaluate(
    () =>
      JSON.parse(document.getElementById('jupyter-config-data').textContent)
        .serverRoot
  );
  execFileSync('python', [`${ROOT}tests/ui/write_trace.py`, 'tiny'], { cwd });
  execFileSync('python', ['-c', LARGE], { cwd });
  await page.evaluate(MEASURE);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('nanochat-learn:show-traces')
  );
  for (const [name, steps] of [
    ['tiny', 20],
    ['large', 8]
  ]) {
    const opened = [];
    for (let n = 0; n < 5; n++) {
      opened.push(await page.evaluate(one => window.openTrace(one), name));
    }
    const cold = [];
    const warm = [];
    for (let n = 1; n < steps; n++) {
      cold.push(await page.evaluate(to => window.seek(to), n));
    }
    for (let n = 0; n < SEEKS; n++) {
      warm.push(await page.evaluate(to => window.seek(to), n % (steps - 1)));
    }
    const played = { steps: [], frames: [] };
    for (let n = 0; n < 6; n++) {
      await page.evaluate(() => window.seek(0));
      const { steps, frames } = await page.evaluate(() => window.play());
      played.steps.push(...steps);
      played.frames.push(...frames);
    }
    const row = [opened, cold, warm].map(all => median(all).toFixed(1));
    console.log(
      `${name}: open ${row[0]} ms (bar 100), seek cold ${row[1]} ms, warm ${row[2]} ms (bar 16)`
    );
    const inTime = played.frames.filter(gap => gap < 20).length;
    console.log(
      `${name}: play ${median(played.steps).toFixed(1)} ms a step (bar 16.7), ` +
        `longest ${Math.max(...played.steps).toFixed(1)}; ` +
        `${Math.round((100 * inTime) / played.frames.length)} % of frames within 20 ms`
    );
  }
} finally {
  await browser?.close();
  process.kill(-server.pid, 'SIGTERM'); // start_lab and the server it started
}
