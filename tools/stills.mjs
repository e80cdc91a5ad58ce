/**
 * `make stills`: lessons/pictures/<id>.svg, drawn from each picture's own `compute` and
 * recorded example. A picture offers its still as src/viz/<id>/still.ts (default export:
 * a function that returns SVG text).
 */
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { build } from 'esbuild';

import { pictures } from './build-pictures.mjs';

await mkdir('lessons/pictures', { recursive: true });
await mkdir('.build', { recursive: true });
for (const id of await pictures()) {
  const source = `src/viz/${id}/still.ts`;
  try {
    await access(source);
  } catch {
    throw new Error(`${id} has no still: write ${source}.`);
  }
  const outfile = `.build/still-${id}.mjs`;
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node'
  });
  const { default: still } = await import(pathToFileURL(outfile).href);
  await writeFile(`lessons/pictures/${id}.svg`, still());
  await rm(outfile);
  console.log(`lessons/pictures/${id}.svg`);
}
