/**
 * `make gallery`: one page with every picture, in light, in dark and narrow, in
 * .build/gallery/. A plain page as a host: what works here works without JupyterLab.
 */
import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';

import { buildPictures, pictures } from './build-pictures.mjs';

const TARGET = '.build/gallery';
const STILLS = 'lessons/pictures';
const MODELS = 'nanochat/checkpoints';

const STYLE = `
body { margin: 0; background: #f4f4f2; color: #222; font: 15px/1.5 system-ui, sans-serif; }
header, section { max-width: 1500px; margin: 0 auto; padding: 16px 24px; }
h1 { margin: 8px 0 0; }
h2 { margin: 0; }
h2 a { color: inherit; text-decoration: none; }
h2 a:hover { text-decoration: underline; }
nav ol { list-style: none; margin: 16px 0 0; padding: 0; display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); }
nav a { display: block; height: 100%; box-sizing: border-box; padding: 10px; color: inherit;
  text-decoration: none; background: #fff; border: 1px solid #ddd; border-radius: 6px; }
nav a:hover, nav a:focus-visible { border-color: #0072b2; }
nav img, nav .none { display: grid; place-items: center; width: 100%; height: 130px;
  object-fit: contain; color: #777; }
nav b, nav small { display: block; }
nav small, .about, figcaption { color: #666; }
section { border-top: 1px solid #ddd; scroll-margin-top: 8px; }
.about { margin: 0 0 12px; }
.row { display: flex; flex-wrap: wrap; gap: 20px; align-items: flex-start; }
figure { flex: 1 1 400px; min-width: 0; max-width: 640px; margin: 0; }
figure.narrow { flex: 0 0 250px; }
figure > div { min-height: 300px; background: #fff; border: 1px solid #ddd; }
figure.narrow > div { width: 250px; box-sizing: border-box; }
figure[data-theme=dark] > div { background: #111; border-color: #111; }
figcaption { font-size: 13px; }
details { margin: 12px 0; }
th { text-align: left; padding-right: 16px; white-space: nowrap; }
caption { text-align: left; font-weight: 600; }
kbd { padding: 0 5px; font: inherit; font-size: 13px; background: #fff; border: 1px solid #bbb; border-radius: 3px; }
@media (prefers-color-scheme: dark) {
  body { background: #1c1c1c; color: #eee; }
  nav a, kbd { background: #2a2a2a; border-color: #444; }
  nav small, .about, figcaption { color: #bbb; }
  section { border-color: #444; }
  nav img { background: #fff; }
}
`;

// A picture is drawn when its section comes near: a page of fifty would start slowly.
const SCRIPT = `
const near = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      near.unobserve(target);
      draw(target);
    }
  }
}, { rootMargin: '600px' });
document.querySelectorAll('section').forEach(section => near.observe(section));

/** The files of a checkpoint, which lie beside this page. */
async function files(name) {
  const of = ['meta.json', 'tokenizer.json', 'model.safetensors'];
  const found = await Promise.all(of.map(async file => {
    const response = await fetch('./models/' + name + '/' + file);
    if (!response.ok) {
      throw new Error(file + ' of ' + name + ' is not beside this page.');
    }
    return [file, new DataView(await response.arrayBuffer())];
  }));
  return { name, files: Object.fromEntries(found) };
}

async function draw(section) {
  const picture = await import('./viz/' + section.id + '.js');
  const models = [];
  for (const [input, { checkpoint }] of Object.entries(picture.meta.inputs)) {
    if (checkpoint) {
      files(checkpoint).then(
        value => models.forEach(model => model.set(input, value)),
        error => console.warn(error.message) // the picture shows what was recorded
      );
    }
  }
  for (const figure of section.querySelectorAll('figure')) {
    const values = new Map([['env', { theme: figure.dataset.theme }]]);
    const listeners = new Map();
    const model = {
      get: key => values.get(key),
      set(key, value) {
        if (values.get(key) !== value) {
          values.set(key, value);
          listeners.get('change:' + key)?.forEach(listener => listener());
        }
      },
      // what is pointed at in one copy lights in all
      save_changes: () => models.forEach(other => other.set('focus', values.get('focus'))),
      on: (event, listener) =>
        listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
      off: (event, listener) => listeners.get(event)?.delete(listener)
    };
    models.push(model);
    picture.default.render({ model, el: figure.querySelector('div') });
  }
}
`;

await buildPictures();
await rm(TARGET, { recursive: true, force: true });
await mkdir(TARGET, { recursive: true });
await cp('nanochat_learn/static/viz', `${TARGET}/viz`, { recursive: true });
await cp(STILLS, `${TARGET}/stills`, { recursive: true });

/** Concepts in the order of the course: id → title. */
const concepts = new Map(
  [
    ...(await readFile('docs/knowledge_base/clusters.yaml', 'utf8')).matchAll(
      /- id: (\w+\.\w+)\n\s+title: (.+)/g
    )
  ].map(([, id, title]) => [id, title])
);
const order = [...concepts.keys()];

const all = [];
for (const id of await pictures()) {
  const meta = JSON.parse(await readFile(`src/viz/${id}/meta.json`, 'utf8'));
  const place = order.indexOf(meta.concepts[0]);
  const still = await access(`${STILLS}/${id}.svg`).then(
    () => true,
    () => false
  );
  all.push({ ...meta, place: place < 0 ? order.length : place, still });
}
// a picture that runs a model finds its files beside the page
const models = all
  .flatMap(({ inputs }) => Object.values(inputs))
  .flatMap(({ checkpoint }) => checkpoint ?? []);
for (const name of new Set(models)) {
  await cp(`${MODELS}/${name}`, `${TARGET}/models/${name}`, {
    recursive: true
  });
}

all.sort((a, b) => a.place - b.place || a.id.localeCompare(b.id));

await writeFile(`${TARGET}/index.html`, page());
console.log(
  `${all.length} pictures: serve ${TARGET}/ with any web server, for example python -m http.server -d ${TARGET}`
);

function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
}

function named(meta) {
  return meta.concepts.map(id => escaped(concepts.get(id) ?? id)).join(' · ');
}

function card(meta) {
  const still = meta.still
    ? `<img src="stills/${meta.id}.svg" alt="" loading="lazy">`
    : '<span class="none">no still yet</span>';
  return `<li><a href="#${meta.id}">${still}<b>${escaped(meta.title)}</b><small>${named(meta)}</small></a></li>`;
}

function section(meta) {
  const keys = Object.entries(meta.keys)
    .map(([key, does]) => {
      const caps = key.split(' / ').map(one => `<kbd>${escaped(one)}</kbd>`);
      return `<tr><th scope="row">${caps.join(' ')}</th><td>${escaped(does)}</td></tr>`;
    })
    .join('');
  return `<section id="${meta.id}">
<h2><a href="#${meta.id}">${escaped(meta.title)}</a></h2>
<p class="about">${named(meta)} <code>${meta.id}</code></p>
<div class="row">
<figure data-theme="light"><figcaption>light</figcaption><div></div></figure>
<figure data-theme="dark"><figcaption>dark</figcaption><div></div></figure>
<figure data-theme="light" class="narrow"><figcaption>250 pixels</figcaption><div></div></figure>
</div>
<details><summary>Keys, and the picture in words</summary>
<table><caption>Keys</caption>${keys}</table>
<p>${escaped(meta.alt)}</p></details>
</section>`;
}

function page() {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Pictures of nanochat-learn</title>
<style>${STYLE}</style>
<header>
<h1>Pictures of nanochat-learn</h1>
<p>${all.length} pictures. Each asks for a guess, then shows what happens, with the numbers. Point at something in one copy, and the other copies light the same thing.</p>
<nav aria-label="All pictures"><ol>${all.map(card).join('\n')}</ol></nav>
</header>
<main>
${all.map(section).join('\n')}
</main>
<script type="module">${SCRIPT}</script>
</html>
`;
}
