/**
 * The selection bus: whoever is pointed at, by mouse or by key, lights up wherever it
 * shows: in the graph's list, in the note, in the code, and from a picture.
 */
import { expect, type Locator, type Page } from '@playwright/test';

import { button, choose, openGraph, panel } from './graph_page';
import { execute, test } from './lab';
import { look } from './look';

const CONCEPT = '#nanochat-learn-concept';
const ROPE = 'Rotary position embedding';

interface IPlaces {
  row(name: string): Locator;
  readonly code: Locator;
  readonly anchors: Locator;
}

/** Graph list, code and note side by side. */
async function openAll(page: Page): Promise<IPlaces> {
  await page.setViewportSize({ width: 1600, height: 900 });
  await openGraph(page);
  await button(page, 'List').click();
  await choose(page, ROPE);
  await execute(page, 'nanochat-learn:open-node', {
    id: 'nanochat/gpt.py:apply_rotary_emb'
  });
  await execute(page, 'nanochat-learn:open-concept', { id: 'attention.rope' });
  await expect(page.locator(`${CONCEPT} .nl-dial`).first()).toBeVisible();
  return {
    row: name =>
      panel(page).locator('.jp-NanochatLearn-row').filter({ hasText: name }),
    code: page
      .locator('.jp-FileEditor:visible .cm-line.jp-NanochatLearn-pointedAt')
      .filter({ hasText: 'def apply_rotary_emb' }),
    anchors: page.locator(`${CONCEPT} .jp-NanochatLearn-code li.jp-mod-lit`)
  };
}

/** From the next pointer movement to the first line of code that lights up, in ms. */
function clock(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>(done => {
        let begin = 0;
        document.addEventListener(
          'pointerover',
          () => {
            begin ||= performance.now();
          },
          { capture: true }
        );
        const observer = new MutationObserver(() => {
          if (
            begin > 0 &&
            document.querySelector('.cm-line.jp-NanochatLearn-pointedAt')
          ) {
            observer.disconnect();
            done(performance.now() - begin);
          }
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          attributeFilter: ['class']
        });
      })
  );
}

test('one is pointed at, all the others light', async ({ page }) => {
  const { row, code, anchors } = await openAll(page);
  const pointed = /jp-mod-pointed/;
  const nowhere = async (): Promise<void> => {
    await page.locator(`${CONCEPT} header h2`).focus();
    await page.locator(`${CONCEPT} header h2`).hover();
    await expect(code).toHaveCount(0);
  };
  await nowhere();

  // the graph
  const taken = clock(page);
  await row(ROPE).first().hover();
  await expect(code).toBeVisible();
  await expect(anchors).not.toHaveCount(0);
  console.log(`graph → code ${(await taken).toFixed(0)} ms`);
  await look(page, 'pointing-1-graph');
  await nowhere();

  // a picture
  await page.locator(`${CONCEPT} .nl-dial`).first().hover();
  await expect(code).toBeVisible();
  await expect(row(ROPE).first()).toHaveClass(pointed);
  await nowhere();

  // the code
  await page
    .locator(
      '.jp-FileEditor:visible .jp-NanochatLearn-marker[data-tags~="attention.rope"]:visible'
    )
    .last()
    .hover();
  await expect(row(ROPE).first()).toHaveClass(pointed);
  await expect(anchors).not.toHaveCount(0);
  await nowhere();

  // the note, by key: a linked concept
  const link = page
    .locator(CONCEPT)
    .getByRole('link', { name: 'Self-attention' });
  await link.first().focus();
  await expect(row('Self-attention').first()).toHaveClass(pointed);
  await look(page, 'pointing-2-note');
});
