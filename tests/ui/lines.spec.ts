/**
 * Shapes on the line: a notebook records the shipped model, the chip on the q line of
 * its code says the right shape, follows another number of heads, and turns grey when
 * the line is edited; by mouse and by keyboard, in both themes, and after a reload.
 */
import { readFileSync } from 'node:fs';

import { expect, type Locator, type Page } from '@playwright/test';

import { execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';
import { runNotebook } from './notebook';

const NOTEBOOK = 'shapes.ipynb';
const Q = 'q, k = qk.split(';
const CHIP = '.jp-NanochatLearn-shape';
const TOLD = '.jp-NanochatLearn-shapeTold';
const qLine =
  readFileSync('nanochat/gpt.py', 'utf8')
    .split('\n')
    .findIndex(line => line.includes(Q)) + 1;

const LOAD = `from dataclasses import replace

import torch

from nanochat_learn.kernel import TraceContext
from nanochat_learn.kernel.lesson import set_up

set_up()
from nanochat.checkpoint import load_model
from nanochat.gpt import fresh_model

shipped, tokenizer, meta = load_model("stories-base")
ids = torch.tensor([tokenizer.encode("Once upon a time there was a cat.")])`;

const RUN = `heads = 0
model = shipped
if heads:
    model = fresh_model(replace(shipped.config, n_head=heads, n_kv_head=heads))
with torch.no_grad(), TraceContext(model, lines=True):
    logits = model(ids)
print("sizes", model.config.n_head, *ids.shape, model.config.n_embd)`;

/** The notebook, opened and run once. */
function record(page: Page): Promise<Locator> {
  return runNotebook(page, NOTEBOOK, { 'load-it': LOAD, 'run-it': RUN });
}

/** The shape of q by the sizes that the kernel printed. */
async function expectedShape(notebook: Locator): Promise<string> {
  const output = notebook.locator('.jp-OutputArea-output', {
    hasText: 'sizes'
  });
  await expect(output).toBeVisible({ timeout: 60_000 });
  const [, ...sizes] = ((await output.textContent()) ?? '').trim().split(' ');
  const [heads = 0, rows = 0, length = 0, width = 0] = sizes.map(Number);
  return `(${rows}, ${heads}, ${length}, ${width / heads})`;
}

/** The line of q in `nanochat/gpt.py`, opened. */
async function openQ(page: Page): Promise<Locator> {
  await execute(page, 'nanochat-learn:open-code', {
    filePath: 'nanochat/gpt.py',
    line: qLine
  });
  return page.locator('.jp-FileEditor:visible .cm-line').filter({ hasText: Q });
}

/** Whether the line is as high without its chip, and whether the chip ends in view. */
async function heightWithAndWithout(line: Locator): Promise<boolean[]> {
  return line.evaluate(node => {
    const chip = node.querySelector('.jp-NanochatLearn-shape');
    const end = node.querySelector<HTMLElement>('.jp-NanochatLearn-shapeEnd');
    const scroller = node.closest('.cm-scroller');
    if (chip === null || end === null || scroller === null) {
      return [];
    }
    const edge = scroller.getBoundingClientRect().right;
    const inView = chip.getBoundingClientRect().right <= edge;
    const before = node.getBoundingClientRect().height;
    end.style.display = 'none';
    const after = node.getBoundingClientRect().height;
    end.style.display = '';
    return [before === after, inView];
  });
}

test('the chip on the q line', async ({ page }) => {
  await openLab(page);
  const notebook = await record(page);
  const first = await expectedShape(notebook);
  const own = notebook.locator(CHIP);
  await expect(own.filter({ hasText: 'logits (1, ' })).toHaveCount(1);
  await look(page, 'lines-1-notebook');

  const line = await openQ(page);
  await expect(line.locator(CHIP)).toContainText(`q, k ${first} f32`);
  // no line grew because of its chip, wide or narrow
  for (const width of [1280, 700]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(300);
    expect(await heightWithAndWithout(line)).toEqual([true, true]);
    await look(page, `lines-3-width-${width}`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(line.locator(`${CHIP}.jp-mod-stale`)).toHaveCount(0);

  // another number of heads
  await page.getByRole('tab', { name: NOTEBOOK }).click();
  await notebook.locator('.cm-line', { hasText: 'heads = 0' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('4');
  await page.keyboard.press('Control+Enter');
  await expect(
    notebook.locator('.jp-OutputArea-output', { hasText: 'sizes 4 ' })
  ).toBeVisible({ timeout: 60_000 });
  const second = await expectedShape(notebook);
  expect(second).not.toBe(first);
  await openQ(page);
  await expect(line.locator(CHIP)).toContainText(`q, k ${second}`);

  // an edit above moves it, an edit of the line greys it, taking it back clears it
  const top = await line.boundingBox();
  await page.keyboard.press('Home');
  await page.keyboard.type('  ');
  await expect(line.locator(`${CHIP}.jp-mod-stale`)).toHaveCount(0);
  await page.keyboard.press('End');
  await page.keyboard.type(' + 1');
  await expect(line.locator(`${CHIP}.jp-mod-stale`)).toHaveCount(1);
  expect((await line.boundingBox())?.height).toBe(top?.height);
  await look(page, 'lines-2-edited');
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('Control+Z');
  }
  await expect(line.locator(`${CHIP}.jp-mod-stale`)).toHaveCount(0);

  // it is still there when the page is opened again
  await page.reload();
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await page.evaluate(() => window.jupyterapp.restored.then(() => undefined));
  await openQ(page);
  await expect(line.locator(CHIP)).toContainText(`q, k ${second}`);

  // cleared by a command, also over a reload, until there is another run
  await execute(page, 'nanochat-learn:clear-shapes');
  await expect(page.locator(CHIP)).toHaveCount(0);
});

test('a chip tells more when asked', async ({ page }) => {
  await openLab(page);
  const notebook = await record(page);
  const shape = await expectedShape(notebook);
  await inBothThemes(page, theme => look(page, `lines-1-cells-${theme}`));
  const line = await openQ(page);
  const told = page.locator(TOLD);

  await line.locator(CHIP).hover();
  await expect(told.locator('section')).toHaveCount(2); // q and k
  await expect(told.locator('code').first()).toHaveText(shape);
  await expect(told).toContainText('from -');
  await expect(told.locator('figure')).toHaveCount(2);
  await look(page, 'lines-2-told');
  await told.hover();
  await page.waitForTimeout(500);
  await expect(told).toBeVisible();
  await page.mouse.move(5, 5);
  await expect(told).toHaveCount(0);

  // by keyboard, and read aloud; Escape closes it and leaves the cursor where it was
  await page.keyboard.press('Alt+Shift+S');
  await expect(told).toBeVisible();
  await expect(
    page.locator('.jp-FileEditor:visible .cm-announced')
  ).toContainText(`q: shape ${shape}, float32, from -`);
  await page.keyboard.press('Escape');
  await expect(told).toHaveCount(0);
  await expect(
    page.locator('.jp-FileEditor:visible .cm-content')
  ).toBeFocused();

  // switched off and on
  await execute(page, 'nanochat-learn:show-shapes');
  await expect(page.locator(CHIP)).toHaveCount(0);
  await execute(page, 'nanochat-learn:show-shapes');
  await expect(line.locator(CHIP)).toBeVisible();
});
