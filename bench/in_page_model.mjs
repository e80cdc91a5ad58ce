/**
 * What a token costs in the page: the shipped model in WebAssembly and in plain JavaScript, in
 * the engine that Chromium has too. Milliseconds a token, the median over whole texts of 256
 * tokens, and how many times faster WebAssembly is. Bar: a token within a frame of 16 ms.
 */
import { readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

const FOLDER = 'nanochat/checkpoints/stories-base';
const ROUNDS = 7;

await mkdir('.build', { recursive: true });
const outfile = '.build/bench-in-page-model.mjs';
await build({
  stdin: {
    contents: ['files', 'matrices', 'wasm']
      .map(name => `export * from './src/viz/kit/gpt/${name}';`)
      .join('\n'),
    resolveDir: '.'
  },
  outfile,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node'
});
const { openModel, plainMatrices, wasmMatrices } = await import(
  pathToFileURL(outfile).href
);
await rm(outfile);

const files = {};
for (const name of ['meta.json', 'tokenizer.json', 'model.safetensors']) {
  const bytes = readFileSync(`${FOLDER}/${name}`);
  files[name] = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function measure(make) {
  const begun = performance.now();
  const { gpt } = openModel({ name: 'stories-base', files }, make);
  const opening = performance.now() - begun;
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    gpt.rewind(0);
    for (let n = 0; n < gpt.config.sequence_len; n++) {
      const from = performance.now();
      gpt.read((n * 37 + round) % gpt.config.vocab_size);
      if (round > 0) {
        times.push(performance.now() - from); // the first text warms up
      }
    }
  }
  return { opening, token: median(times), slowest: Math.max(...times) };
}

const plain = measure(plainMatrices);
const wasm = measure(wasmMatrices);
for (const [name, { opening, token, slowest }] of [
  ['JavaScript', plain],
  ['WebAssembly', wasm]
]) {
  console.log(
    `${name.padEnd(12)} ${token.toFixed(2)} ms a token (slowest ${slowest.toFixed(1)}), opened in ${opening.toFixed(0)} ms`
  );
}
console.log(
  `WebAssembly is ${(plain.token / wasm.token).toFixed(1)} times as fast; of a frame of 16 ms it needs ${((wasm.token / 16) * 100).toFixed(0)} %`
);
