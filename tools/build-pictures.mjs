/**
 * Every picture folder src/viz/<id>/ → one self-contained ES module,
 * nanochat_learn/static/viz/<id>.js. A folder with a meta.json is a picture; there is no list.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

const SOURCES = 'src/viz';
const TARGET = 'nanochat_learn/static/viz';

/** Ids of all pictures, sorted. Throws a sentence for a meta that cannot be read. */
export async function pictures() {
  const ids = [];
  for (const id of (await readdir(SOURCES)).sort()) {
    let text;
    try {
      text = await readFile(`${SOURCES}/${id}/meta.json`, 'utf8');
    } catch {
      continue; // the kit, a tsconfig
    }
    const meta = JSON.parse(text);
    if (meta.api !== 1 || meta.id !== id || !meta.title || !meta.alt) {
      throw new Error(
        `${SOURCES}/${id}/meta.json needs api 1, id "${id}", a title and an alt text.`
      );
    }
    ids.push(id);
  }
  return ids;
}

export async function buildPictures() {
  await rm(TARGET, { recursive: true, force: true });
  await mkdir(TARGET, { recursive: true });
  for (const id of await pictures()) {
    const outfile = `${TARGET}/${id}.js`;
    const done = await build({
      entryPoints: [`${SOURCES}/${id}/index.ts`],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      legalComments: 'none',
      logLevel: 'warning',
      metafile: true
    });
    const [output] = Object.values(done.metafile.outputs);
    for (const name of ['default', 'meta', 'compute']) {
      if (!output.exports.includes(name)) {
        throw new Error(`${SOURCES}/${id}/index.ts does not export ${name}.`);
      }
    }
    if (output.exports.includes('render')) {
      throw new Error(`${SOURCES}/${id}/index.ts must not export render.`);
    }
    const size = gzipSync(await readFile(outfile)).length / 1000;
    console.log(`${id}: ${size.toFixed(1)} KB gzipped`);
  }
}

if (process.argv[1]?.endsWith('build-pictures.mjs')) {
  await buildPictures();
}
