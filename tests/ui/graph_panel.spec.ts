/**
 * The graph panel as a learner uses it: why things are connected, the way from one to
 * another, where one has been, pins, pictures to keep, the key. And that the map stands
 * still.
 */
import { readFile } from 'node:fs/promises';

import { expect, type Page } from '@playwright/test';

import {
  button,
  choose,
  drawing,
  openGraph,
  panel,
  pointAt,
  save,
  seen,
  stillness,
  widen
} from './graph_page';
import { cursorLine, execute, test } from './lab';
import { look } from './look';

/** Hover a line that stands out and whose reason is in the code, where no node is in the way. */
async function hoverLine(page: Page): Promise<void> {
  await stillness(page);
  const { loud } = await drawing(page);
  const card = panel(page).locator('.jp-NanochatLearn-hover');
  const foot = await panel(page)
    .locator('.jp-NanochatLearn-foot')
    .boundingBox();
  const host = await panel(page)
    .locator('.jp-NanochatLearn-mapHost')
    .boundingBox();
  const [right, bottom] = [
    (host?.width ?? 0) - 40,
    (foot?.y ?? 0) - (host?.y ?? 0) - 4
  ];
  for (const [x0, y0, x1, y1] of loud) {
    for (const t of [0.5, 0.35, 0.65, 0.2]) {
      const [x, y] = [x0 + (x1 - x0) * t, y0 + (y1 - y0) * t];
      if (x > 4 && x < right && y > 10 && y < bottom) {
        await pointAt(page, x, y);
        // A card comes at once or, on a busy machine, a moment later.
        const said = await card.textContent({ timeout: 600 }).catch(() => null);
        if (said?.includes('Click the') && /\.py:\d+/.test(said)) {
          return;
        }
      }
    }
  }
  throw new Error('No line could be hovered.');
}

test('lines, connections and paths say why, and lead to the place', async ({
  page
}) => {
  await openGraph(page);
  await widen(page); // room for lines between the nodes
  await choose(page, 'apply_rotary_emb');
  await hoverLine(page);
  const card = panel(page).locator('.jp-NanochatLearn-hover');
  await expect(card).toContainText(
    /(calls|explains|shows|contains|needs) .*[\w/]+\.py:\d+/s
  );
  await look(page, 'graph-1-reason');
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.locator('.jp-FileEditor:visible')).toBeVisible();

  // connections, by keyboard too
  await choose(page, 'apply_rotary_emb');
  await button(page, 'Connections').press('Enter');
  const list = panel(page).locator('.jp-NanochatLearn-connections');
  await list.locator('button').first().focus();
  await page.keyboard.press('ArrowRight');
  const why = list.locator('.jp-NanochatLearn-why').first();
  await expect(why).toBeFocused();
  await expect(why).toHaveAccessibleName(
    /explains apply_rotary_emb, nanochat\/gpt\.py:\d+\. Go there\./
  );
  await page.keyboard.press('Enter');
  await expect.poll(() => cursorLine(page)).toContain('@learn:attention.rope');

  // a path is found, told step by step, and walked
  await choose(page, 'apply_rotary_emb');
  await button(page, 'Path from here to…').click();
  const search = panel(page).locator('input[type="search"]');
  await expect(search).toBeFocused();
  await page.keyboard.type('kv cache');
  await page.keyboard.press('Enter');
  const path = panel(page).locator('.jp-NanochatLearn-path');
  await expect(path).toContainText(
    /From apply_rotary_emb to KV ?cache: \d steps?\./i
  );
  const steps = path.locator('li');
  expect(await steps.count()).toBeGreaterThan(1);
  await look(page, 'graph-2-path');
  await execute(page, 'application:close-all');
  await expect(page.locator('.jp-FileEditor')).toHaveCount(0);
  await steps.nth(1).locator('.jp-NanochatLearn-why').click();
  await expect(page.locator('.jp-FileEditor:visible')).toBeVisible();
  await steps.nth(1).locator('.jp-NanochatLearn-neighbour').click();
  await expect(
    steps.nth(1).locator('.jp-NanochatLearn-neighbour')
  ).toHaveAttribute('aria-current', 'step');

  // Without lines there is no way, and that is a sentence.
  await button(page, 'Key').click();
  for (const box of await panel(page)
    .getByRole('group', { name: 'Lines' })
    .locator('input')
    .all()) {
    await box.uncheck();
  }
  await expect(path).toContainText('No path leads from apply_rotary_emb');
  await button(page, 'Reset').click();
  await expect(path).toContainText('From apply_rotary_emb');
  await button(page, 'Close the key').click();
  await button(page, 'Close the path').click();
  await expect(path).toHaveCount(0);
});

test('the map is kept as picture and as drawing; the trail leads back', async ({
  page
}) => {
  await openGraph(page);
  const { names } = await drawing(page);
  for (const title of ['Foundations', 'Architecture', 'Inference']) {
    expect(Object.keys(names)).toContain(title);
  }
  const png = await readFile(await save(page, 'PNG'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const host = await panel(page)
    .locator('.jp-NanochatLearn-mapHost')
    .boundingBox();
  expect(png.readUInt32BE(16)).toBe(2 * (host?.width ?? 0));

  // the trail, which can be forgotten
  for (const what of ['GPT.forward', 'Sampling', 'norm']) {
    await choose(page, what);
  }
  const trail = panel(page).getByRole('navigation', { name: 'Visited' });
  await expect(trail.locator('li')).toHaveText([
    'GPT.forward',
    'Sampling',
    'norm'
  ]);
  await trail.getByRole('button', { name: 'Sampling' }).click();
  const card = panel(page).locator('.jp-NanochatLearn-selected');
  await expect(card).toContainText('Sampling');
  await expect(trail.locator('[aria-current]')).toHaveText('Sampling');
  await look(page, 'graph-3-trail');
  await button(page, 'Forget the trail').click();
  await expect(trail).toHaveCount(0);
  await expect(card).toContainText('Sampling');
});

test('a pin holds, also after a reload', async ({ page }) => {
  await openGraph(page);
  await choose(page, 'Softmax');
  const map = panel(page).locator('.jp-NanochatLearn-mapHost');
  await map.focus();
  await page.keyboard.press('p');
  await expect(button(page, 'Pinned')).toHaveAttribute('aria-pressed', 'true');
  await button(page, 'More').click();
  await panel(page).getByRole('button', { name: 'Tidy up' }).click();
  await expect(button(page, 'Pinned')).toBeVisible();
  await page.waitForTimeout(1500); // the state is saved a moment later
  await page.goto(page.url().split('?')[0] ?? '');
  // JupyterLab brings the panel back where it was.
  await expect(panel(page).locator('canvas').first()).toBeVisible({
    timeout: 60_000
  });
  await choose(page, 'Softmax');
  await button(page, 'Pinned').click();
  await expect(button(page, 'Pin')).toHaveAttribute('aria-pressed', 'false');
});

test('the key explains, counts and filters', async ({ page }) => {
  await openGraph(page);
  await button(page, 'Key').click();
  const key = panel(page).getByRole('region', { name: 'Key' });
  await expect(
    key.getByText('explains, defines, shows, teaches')
  ).toBeVisible();
  await key.getByRole('checkbox', { name: /^Foundations/ }).uncheck();
  const { names } = await drawing(page);
  expect(names['Softmax']).toBeUndefined();
  for (const box of await key
    .getByRole('group', { name: 'Nodes' })
    .locator('input:checked')
    .all()) {
    await box.focus();
  }
  for (;;) {
    const next = key
      .getByRole('group', { name: 'Nodes' })
      .locator('input:checked')
      .first();
    if ((await next.count()) === 0) {
      break;
    }
    await next.press('Space');
  }
  await expect(panel(page).getByText('Nothing is shown')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(key).toHaveCount(0);
  await look(page, 'graph-4-nothing');
  await button(page, 'Reset the Key').click();
  await expect(panel(page).getByText('Nothing is shown')).toHaveCount(0);
});

test('the map stands still: choices, hovers, a saved and indexed file', async ({
  page
}) => {
  await openGraph(page);
  await page.waitForTimeout(600);
  const before = (await drawing(page)).names;
  const same = async (): Promise<void> => {
    const after = (await drawing(page)).names;
    const regions = [
      'Foundations',
      'Tokenization',
      'Architecture',
      'Inference'
    ];
    for (const title of regions) {
      expect(after[title]).toEqual(before[title]);
    }
  };
  await choose(page, 'apply_rotary_emb');
  await same();
  await pointAt(page, 120, 200);
  await same();
  await button(page, 'Key').click();
  await button(page, 'Close the key').click();
  await same();

  // A learner writes a file and has it indexed.
  await page.evaluate(async () => {
    const app = window.jupyterapp as unknown as {
      serviceManager: {
        contents: { save(path: string, model: object): Promise<unknown> };
      };
    };
    await app.serviceManager.contents.save('nanochat/quite_new.py', {
      type: 'file',
      format: 'text',
      content: 'def something_quite_new():\n    """New."""\n'
    });
  });
  await execute(page, 'nanochat-learn:index-workspace');
  await panel(page).locator('input[type="search"]').fill('something_quite_new');
  await expect(panel(page).locator('[role="option"]').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await same();
});

test('all of it by keyboard', async ({ page }) => {
  await openGraph(page);
  const map = panel(page).locator('.jp-NanochatLearn-mapHost');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  const card = panel(page).locator('.jp-NanochatLearn-selected strong');
  await expect(card).toBeVisible();
  const first = await card.textContent();
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowLeft', 'ArrowUp']) {
    await page.keyboard.press(key);
  }
  await page.keyboard.press('ArrowDown');
  await expect(card).not.toHaveText(first ?? '');
  await page.keyboard.press('+');
  await page.keyboard.press('0');
  await page.keyboard.press('/');
  await expect(panel(page).locator('input[type="search"]')).toBeFocused();
  await page.keyboard.type('gpt.py');
  await page.keyboard.press('Enter');
  await expect(card).toHaveText('gpt.py');
  await button(page, 'List').press('Enter');
  const tree = panel(page).getByRole('tree');
  await tree.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await expect(card).not.toHaveText('gpt.py');
});

test('nothing is out of reach, narrow and wide, light and dark', async ({
  page
}) => {
  await openGraph(page);
  await look(page, 'graph-5-narrow');
  await choose(page, 'CausalSelfAttention.forward');
  await button(page, 'Nearby').click();
  await button(page, 'Key').click();
  const width = await panel(page).evaluate(node => ({
    own: node.clientWidth,
    needs: node.scrollWidth
  }));
  expect(width.needs).toBeLessThanOrEqual(width.own);
  await seen(page, '5-key');
  await button(page, 'Close the key').click();
  await execute(page, 'nanochat-learn:path-in-graph', {
    from: 'nanochat/gpt.py:apply_rotary_emb',
    to: 'concept:tokenization.bpe'
  });
  await expect(
    panel(page).locator('.jp-NanochatLearn-path li').first()
  ).toBeVisible();
  await seen(page, '5-path');
  await widen(page);
  await stillness(page);
  await seen(page, '5-wide-path');
  await button(page, 'Close the path').click();
  await button(page, 'All').click();
  await stillness(page);
  await look(page, 'graph-5-wide');
  await button(page, 'List').click();
  await seen(page, '5-wide-list');
});

test('at 200 % zoom the list and what is selected share the height', async ({
  page
}) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await openGraph(page);
  await choose(page, 'CausalSelfAttention.forward');
  await button(page, 'List').click();
  const heights = await panel(page).evaluate(node =>
    ['[role="tree"]', '.jp-NanochatLearn-foot'].map(
      part => node.querySelector(part)?.clientHeight ?? 0
    )
  );
  for (const height of heights) {
    expect(height).toBeGreaterThan(90);
  }
  await expect(
    panel(page).locator('[role="treeitem"][aria-selected="true"]')
  ).toBeInViewport({ ratio: 0.9 });
  const first = panel(page).locator('.jp-NanochatLearn-actions button').first();
  await first.focus();
  await expect(first).toBeInViewport({ ratio: 1 });
  await look(page, 'graph-6-zoomed-list');
});
