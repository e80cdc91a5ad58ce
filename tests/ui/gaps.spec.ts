/** The gap panel: open it, find a gap, go to the place; by mouse, by keyboard, read aloud. */
import { expect, type Locator, type Page } from '@playwright/test';

import { axe } from './axe';
import { cursorLine, execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';

const GAPS = '#nanochat-learn-gaps';

async function openGaps(page: Page): Promise<Locator> {
  await openLab(page);
  await execute(page, 'nanochat-learn:index-workspace');
  await execute(page, 'nanochat-learn:show-gaps');
  const panel = page.locator(GAPS);
  await expect(rows(panel).first()).toBeVisible();
  return panel;
}

function rows(panel: Locator): Locator {
  return panel.locator('[role="row"][aria-level="2"]');
}

/** Axe finds nothing in the panel as it stands, dark and light. */
async function seen(page: Page, what: string): Promise<void> {
  await inBothThemes(page, async theme => {
    await look(page, `gaps-${theme}-${what}`);
    await axe(page, GAPS);
  });
}

test('open, filter, go to the place; nothing missing; a server that fails', async ({
  page
}) => {
  const panel = await openGaps(page);
  await seen(page, '1-all');

  const all = await rows(panel).count();
  await panel.locator('select').selectOption({ index: 2 });
  const some = await rows(panel).count();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  await panel.locator('select').selectOption({ index: 0 });
  await panel.getByRole('searchbox').fill('gpt.py square');
  await expect(rows(panel)).toHaveCount(1);
  await seen(page, '2-found');

  await rows(panel).first().click();
  await expect
    .poll(() => cursorLine(page))
    .toContain('# @todo:explain:why_the_square_helps');
  await look(page, 'gaps-3-place');

  await panel.getByRole('searchbox').fill('nothing is called so');
  await expect(panel.getByText('No gap fits this filter.')).toBeVisible();
  await panel.getByRole('button', { name: 'Show all gaps' }).click();
  await expect(rows(panel)).toHaveCount(all);

  const graph = /nanochat-learn\/api\/graph/;
  await page.route(graph, async route => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), gaps: [] }
    });
  });
  await execute(page, 'nanochat-learn:index-workspace');
  await expect(panel.getByText('Nothing is missing.')).toBeVisible();
  await seen(page, '4-nothing');

  await page.unroute(graph);
  await page.route(graph, route => route.fulfill({ status: 500 }));
  await execute(page, 'nanochat-learn:index-workspace');
  await expect(panel.getByRole('alert')).toContainText('status 500');
  await seen(page, '5-failed');

  await page.unroute(graph);
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(rows(panel).first()).toBeVisible();
});

test('by keyboard alone', async ({ page }) => {
  const panel = await openGaps(page);
  const first = panel.locator('[role="row"][aria-level="1"]').first();
  await expect(first).toBeFocused();
  await expect(panel.locator('[role="row"][tabindex="0"]')).toHaveCount(1);
  await page.keyboard.press('ArrowLeft');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(rows(panel).first()).toBeFocused();
  await page.keyboard.press('/');
  await expect(panel.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('relu2_swiglu');
  await expect(rows(panel)).toHaveCount(1);
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press('Tab'); // three severities, the kind, the list
  }
  await page.keyboard.press('End');
  await expect(rows(panel).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect
    .poll(() => cursorLine(page))
    .toContain('# @learn:architecture.relu2_swiglu');
  await expect(
    page.locator('.jp-FileEditor:visible .cm-content')
  ).toBeFocused();
});

interface IServed {
  serviceManager: {
    contents: {
      save(path: string, options: object): Promise<unknown>;
      delete(path: string): Promise<void>;
    };
  };
}

const cell = (id: string, source: string): object => ({
  id,
  cell_type: 'code',
  source,
  metadata: {},
  execution_count: null,
  outputs: []
});

test('a gap in a notebook leads to its cell', async ({ page }) => {
  const panel = await openGaps(page);
  await page.evaluate(
    content =>
      (window.jupyterapp as unknown as IServed).serviceManager.contents.save(
        'gap.ipynb',
        {
          type: 'notebook',
          format: 'json',
          content
        }
      ),
    {
      cells: [
        cell('a', '1 + 1'),
        cell('b', '# @learn:test.nobody_knows\nx = 1')
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5
    }
  );
  await execute(page, 'nanochat-learn:index-workspace');
  await panel.getByRole('searchbox').fill('nobody_knows');
  await rows(panel).first().click();
  const notebook = page.locator('.jp-Notebook:visible');
  await expect(
    notebook.locator('.jp-Cell.jp-mod-active .cm-content')
  ).toContainText('@learn:test.nobody_knows');
  await page.evaluate(() =>
    (window.jupyterapp as unknown as IServed).serviceManager.contents.delete(
      'gap.ipynb'
    )
  );
});

test('in 250 pixels nothing is cut off, and it comes back after a reload', async ({
  page
}) => {
  const panel = await openGaps(page);
  await panel.evaluate(node => {
    const side = node.closest<HTMLElement>('#jp-right-stack') ?? node;
    side.style.maxWidth = '250px';
    (node as HTMLElement).style.width = '250px';
  });
  const width = await panel.evaluate(node => ({
    own: node.clientWidth,
    needs: Math.max(
      ...[...node.querySelectorAll('*')].map(part => part.scrollWidth)
    )
  }));
  expect(width.own).toBeLessThanOrEqual(250);
  expect(width.needs).toBeLessThanOrEqual(width.own);
  await look(page, 'gaps-narrow');
  await page.waitForTimeout(1500); // JupyterLab saves its layout a moment later
  await page.goto(page.url().split('?')[0] ?? '');
  await expect(rows(page.locator(GAPS)).first()).toBeVisible({
    timeout: 60_000
  });
});

test('at 200 % zoom the first gaps are in view', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  const panel = await openGaps(page);
  await page.keyboard.press('Control+b'); // the left side makes room
  await expect(page.locator('#jp-left-stack')).toBeHidden();
  await expect(rows(panel).first()).toBeInViewport({ ratio: 1 });
  await expect(panel.locator('select')).toBeInViewport({ ratio: 1 });
  await look(page, 'gaps-zoomed');
});
