/**
 * The newcomer's walk: launcher → graph → node → code → gutter → concept →
 * prerequisite → back; once by mouse, seen in both themes, once by keyboard alone.
 */
import { expect, type Page } from '@playwright/test';

import { axeSerious } from './axe';
import { cursorLine, execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';

const GRAPH = '#nanochat-learn-graph';
const CONCEPT = '#nanochat-learn-concept';

/** The graph panel, open, with its map drawn. */
async function graphReady(page: Page): Promise<void> {
  await expect(page.locator(GRAPH)).toBeVisible();
  await expect(page.locator(`${GRAPH} canvas`).first()).toBeVisible();
}

/** Nothing in a panel as it stands keeps somebody out, dark or light. */
async function seen(page: Page, panel: string, what: string): Promise<void> {
  await inBothThemes(page, async theme => {
    await look(page, `walk-${theme}-${what}`);
    await axeSerious(page, panel);
  });
}

test("the newcomer's walk, by mouse", async ({ page }) => {
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await openLab(page);
  // whether JupyterLab should be rebuilt takes Node.js a second, and is not their question
  expect(asked.filter(url => url.includes('/lab/api/build'))).toEqual([]);

  // launcher → graph
  await execute(page, 'launcher:create');
  await page.getByText('Learn nanochat').last().click();
  await graphReady(page);
  await seen(page, GRAPH, '1-graph');

  // graph → node: search, choose
  const search = page.locator(`${GRAPH} input[type="search"]`);
  await search.fill('apply_rotary_emb');
  await page
    .locator(`${GRAPH} [role="option"]`)
    .filter({ hasText: 'apply_rotary_emb' })
    .first()
    .click();
  await look(page, 'walk-2-found');

  // node → code
  await execute(page, 'nanochat-learn:open-node', {
    id: 'nanochat/gpt.py:apply_rotary_emb'
  });
  const editor = page.locator('.jp-FileEditor:visible');
  await expect.poll(() => cursorLine(page)).toContain('def apply_rotary_emb');

  // code → gutter → concept
  const marker = editor
    .locator('.jp-NanochatLearn-marker[data-tags*="attention.rope"]')
    .locator('visible=true')
    .last();
  await marker.click();
  const concept = page.locator(CONCEPT);
  await expect(concept.locator('header h2')).toHaveText(/rotary/i);
  await expect(concept.locator('.jp-RenderedMarkdown')).toContainText(
    'In one sentence'
  );
  await expect(concept.locator('mjx-container').first()).toBeVisible();
  const picture = concept.locator('.jp-NanochatLearn-stage');
  await expect(picture.locator('input[type="range"]').first()).toBeVisible();
  await seen(page, CONCEPT, '3-concept');

  // concept → its code again
  await concept.locator('.jp-NanochatLearn-anchor').first().click();
  await expect(editor).toBeVisible();

  // prerequisite → back
  await concept.getByRole('button', { name: 'Self-attention' }).first().click();
  await expect(concept.locator('header h2')).toHaveText(/self-attention/i);
  await look(page, 'walk-4-prerequisite');
  await concept.getByRole('button', { name: 'Back' }).click();
  await expect(concept.locator('header h2')).toHaveText(/rotary/i);
});

test("the newcomer's walk, by keyboard alone", async ({ page }) => {
  await openLab(page);
  await execute(page, 'launcher:create');

  // launcher → graph: the card is a button in the tab order
  const card = page
    .locator('.jp-LauncherCard[title*="map"]')
    .locator('visible=true')
    .first();
  await card.focus();
  await page.keyboard.press('Enter');
  await graphReady(page);

  // graph → node → code
  await page.locator(GRAPH).locator('button').first().focus();
  await page.keyboard.press('/');
  await expect(page.locator(`${GRAPH} input[type="search"]`)).toBeFocused();
  await page.keyboard.type('apply_rotary_emb');
  await expect(page.locator(`${GRAPH} [role="option"]`).first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter'); // selects
  await page.keyboard.press('Enter'); // opens
  const editor = page.locator('.jp-FileEditor:visible');
  await expect.poll(() => cursorLine(page)).toContain('def apply_rotary_emb');

  // code → tag → concept
  await expect(editor.locator('.cm-content')).toBeFocused();
  await page.keyboard.press('ArrowUp'); // the @viz line
  await page.keyboard.press('ArrowUp'); // the @learn line
  await page.keyboard.press('Alt+Shift+O');
  const concept = page.locator(CONCEPT);
  await expect(concept.locator('header h2')).toHaveText(/rotary/i);
  await expect(concept.locator('header h2')).toBeFocused();

  // prerequisite → back
  const simpler = concept
    .getByRole('button', { name: 'Self-attention' })
    .first();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    if (await simpler.evaluate(node => node === document.activeElement)) {
      break;
    }
  }
  await page.keyboard.press('Enter');
  await expect(concept.locator('header h2')).toHaveText(/self-attention/i);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(concept.locator('header h2')).toHaveText(/rotary/i);
});

test('panels come back after a reload, at 250 pixels without clipping', async ({
  page
}) => {
  await openLab(page);
  await execute(page, 'nanochat-learn:show-graph');
  await graphReady(page);
  const width = await page
    .locator(GRAPH)
    .evaluate(node => ({ own: node.clientWidth, needs: node.scrollWidth }));
  expect(width.needs).toBeLessThanOrEqual(width.own);
  await execute(page, 'nanochat-learn:open-concept', { id: 'attention.rope' });
  await expect(page.locator(`${CONCEPT} header h2`)).toHaveText(/rotary/i);
  await page.waitForTimeout(1500); // JupyterLab saves its layout a moment later
  await page.goto(page.url().split('?')[0] ?? '');
  await expect(page.locator(`${CONCEPT} header h2`)).toHaveText(/rotary/i, {
    timeout: 60_000
  });
});
