/**
 * `make gallery`: one page with every picture, in light and in dark, in .build/gallery/.
 * A plain page as a host: what works here works without JupyterLab.
 */
import { cp, mkdir, writeFile } from 'node:fs/promises';

import { buildPictures, pictures } from './build-pictures.mjs';

const TARGET = '.build/gallery';

await buildPictures();
await mkdir(TARGET, { recursive: true });
await cp('nanochat_learn/static/viz', `${TARGET}/viz`, { recursive: true });
const ids = await pictures();
await writeFile(
  `${TARGET}/index.html`,
  `<!doctype html>
<meta charset="utf-8">
<title>Pictures of nanochat-learn</title>
<style>
  body { margin: 0; font-family: system-ui, sans-serif; }
  section { display: grid; grid-template-columns: 1fr 1fr 250px; gap: 16px; padding: 16px; }
  h2 { grid-column: 1 / -1; margin: 0; }
  [data-theme=dark] { background: #111; }
</style>
${ids.map(id => `<section id="${id}"><h2></h2><div data-theme="light"></div><div data-theme="dark"></div><div data-theme="light"></div></section>`).join('\n')}
<script type="module">
  for (const section of document.querySelectorAll('section')) {
    const picture = await import(\`./viz/\${section.id}.js\`);
    section.querySelector('h2').textContent = picture.meta.title;
    for (const el of section.querySelectorAll('div')) {
      const values = new Map([['env', { theme: el.dataset.theme }]]);
      const model = {
        get: key => values.get(key),
        set: (key, value) => values.set(key, value),
        save_changes() {}, on() {}, off() {}
      };
      picture.default.render({ model, el });
    }
  }
</script>
`
);
console.log(
  `${ids.length} pictures: serve ${TARGET}/ with any web server, for example python -m http.server -d ${TARGET}`
);
