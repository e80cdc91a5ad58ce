/**
 * The graph panel as a learner uses it: why things are connected, the way from one to
 * another, where one has been, pins, pictures to keep, the key. And that the map stands
 * still. Places on the canvas are read from the map's own SVG.
 */
import { readFile } from 'node:fs/promises';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

import { cursorLine, execute, look, openLab, setTheme } from './lab';

const GRAPH = '#nanochat-learn-graph';

const panel = (page: Page): Locator => page.locator(GRAPH);
const button = (page: Page, name: string): Locator =>
  panel(page).getByRole('button', { name, exact: true });

async function openGraph(page: Page): Promise<void> {
  await openLab(page);
  // JupyterLab opens its launcher last, and gives it the focus: menus would close.
  await page.evaluate(() =>
    (window.jupyterapp as unknown as { restored: Promise<void> }).restored.then(
      () => undefined
    )
  );
  await expect(page.locator('.jp-Launcher').first()).toBeVisible();
  await execute(page, 'nanochat-learn:show-graph');
  await expect(panel(page).locator('canvas').first()).toBeVisible();
}

/** Search and choose the first that is found. */
async function choose(page: Page, what: string): Promise<void> {
  await panel(page).locator('input[type="search"]').fill(what);
  await panel(page).locator('[role="option"]').first().click();
}

async function save(page: Page, kind: 'SVG' | 'PNG'): Promise<string> {
  await button(page, 'More').click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel(page)
      .getByRole('button', { name: `(${kind})` })
      .click()
  ]);
  expect(download.suggestedFilename()).toMatch(
    /^nanochat-learn-map-\d{4}-\d\d-\d\d\.(svg|png)$/
  );
  return download.path();
}

interface IDrawing {
  /** Where each name begins. */
  readonly names: Readonly<Record<string, [number, number]>>;
  /** Ends of the lines that stand out. */
  readonly loud: readonly [number, number, number, number][];
}

async function drawing(page: Page): Promise<IDrawing> {
  const text = await readFile(await save(page, 'SVG'), 'utf8');
  return page.evaluate(source => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    if (svg.querySelector('parsererror') !== null) {
      throw new Error('The SVG does not parse.');
    }
    const number = (node: Element, name: string): number =>
      Number(node.getAttribute(name));
    return {
      // The legend below says names again: the first is the one on the map.
      names: Object.fromEntries(
        [...svg.querySelectorAll('text')]
          .reverse()
          .map(node => [
            node.textContent,
            [number(node, 'x'), number(node, 'y')] as [number, number]
          ])
      ),
      loud: [...svg.querySelectorAll('path[fill="none"]')]
        .filter(
          node =>
            number(node, 'stroke-width') >= 1.5 &&
            !node.hasAttribute('stroke-opacity')
        )
        .flatMap(node =>
          [
            ...(node.getAttribute('d') ?? '').matchAll(
              /M([-\d.]+) ([-\d.]+)L([-\d.]+) ([-\d.]+)/g
            )
          ].map(
            found =>
              found.slice(1).map(Number) as [number, number, number, number]
          )
        )
    };
  }, text);
}

/** Until a moving camera has arrived. */
async function stillness(page: Page): Promise<void> {
  const seen = (): Promise<string> =>
    panel(page)
      .locator('canvas')
      .first()
      .evaluate(node => (node as HTMLCanvasElement).toDataURL());
  let last = '';
  await expect
    .poll(
      async () => {
        const before = last;
        last = await seen();
        return last === before;
      },
      { intervals: [150] }
    )
    .toBe(true);
}

async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const box = await panel(page)
    .locator('.jp-NanochatLearn-mapHost')
    .boundingBox();
  await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
}

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

async function axe(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).include(GRAPH).analyze();
  const serious = found.violations.filter(({ impact }) =>
    ['serious', 'critical'].includes(impact ?? '')
  );
  expect(
    serious.map(
      ({ id, nodes }) => `${id}: ${nodes.map(n => n.html).join('\n')}`
    )
  ).toEqual([]);
}

async function widen(page: Page): Promise<void> {
  const box = await page.locator('#jp-left-stack').boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) + 2, 400);
  await page.mouse.down();
  await page.mouse.move(900, 400, { steps: 4 });
  await page.mouse.up();
}

test('a line says why, and leads to the place', async ({ page }) => {
  await openGraph(page);
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
});

test('connections say why by keyboard too', async ({ page }) => {
  await openGraph(page);
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
});

test('a path is found, told step by step, and walked', async ({ page }) => {
  await openGraph(page);
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

test('the trail leads back, and can be forgotten', async ({ page }) => {
  await openGraph(page);
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

test('the map is kept as picture and as drawing', async ({ page }) => {
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

/** By the menu: to the forces, or back to the regions. */
async function arrange(page: Page, as: 'Regions' | 'Free'): Promise<void> {
  await button(page, 'More').click();
  await button(page, as).click();
  await expect(panel(page).getByText('Arranging…')).toHaveCount(0, {
    timeout: 20_000
  });
}

for (const theme of ['JupyterLab Light', 'JupyterLab Dark'] as const) {
  const name = theme.endsWith('Dark') ? 'dark' : 'light';

  test(`arranged freely, and back exactly as it was, ${name}`, async ({
    page
  }) => {
    await openGraph(page);
    await execute(page, 'nanochat-learn:arrange-graph', { as: 'regions' });
    await setTheme(page, theme);
    await page.waitForTimeout(600);
    await stillness(page);
    const before = (await drawing(page)).names;
    await arrange(page, 'Free');
    const free = (await drawing(page)).names;
    const both = Object.keys(free).filter(title => title in before);
    const moved = both.filter(title => {
      const [[x0, y0], [x1, y1]] = [before[title], free[title]];
      return Math.hypot(x1 - x0, y1 - y0) > 3;
    });
    expect(both.length).toBeGreaterThan(3);
    expect(moved.length).toBeGreaterThan(0.8 * both.length);
    await look(page, `graph-6-${name}-free-narrow`);
    await axe(page);

    await arrange(page, 'Regions');
    expect((await drawing(page)).names).toEqual(before);
    await arrange(page, 'Free');
    expect((await drawing(page)).names).toEqual(free);
    await widen(page);
    await button(page, 'More').click();
    await panel(page).getByRole('button', { name: 'Tidy up' }).click();
    await expect(panel(page).getByText('Arranging…')).toHaveCount(0);
    await stillness(page);
    await look(page, `graph-6-${name}-free-wide`);
    await choose(page, 'apply_rotary_emb');
    await stillness(page);
    await look(page, `graph-6-${name}-free-wide-chosen`);
    await execute(page, 'nanochat-learn:arrange-graph', { as: 'regions' });
  });
}

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

for (const theme of ['JupyterLab Light', 'JupyterLab Dark'] as const) {
  const name = theme.endsWith('Dark') ? 'dark' : 'light';

  test(`nothing is out of reach, narrow and wide, ${name}`, async ({
    page
  }) => {
    await openGraph(page);
    await setTheme(page, theme);
    await page.waitForTimeout(600);
    await look(page, `graph-5-${name}-narrow`);
    await choose(page, 'CausalSelfAttention.forward');
    await button(page, 'Nearby').click();
    await button(page, 'Key').click();
    const width = await panel(page).evaluate(node => ({
      own: node.clientWidth,
      needs: node.scrollWidth
    }));
    expect(width.needs).toBeLessThanOrEqual(width.own);
    await axe(page);
    await look(page, `graph-5-${name}-key`);
    await button(page, 'Close the key').click();
    await execute(page, 'nanochat-learn:path-in-graph', {
      from: 'nanochat/gpt.py:apply_rotary_emb',
      to: 'concept:tokenization.bpe'
    });
    await expect(
      panel(page).locator('.jp-NanochatLearn-path li').first()
    ).toBeVisible();
    await axe(page);
    await look(page, `graph-5-${name}-path`);
    await widen(page);
    await page.waitForTimeout(500);
    await axe(page);
    await look(page, `graph-5-${name}-wide-path`);
    await button(page, 'Close the path').click();
    await button(page, 'All').click();
    await page.waitForTimeout(600);
    await look(page, `graph-5-${name}-wide`);
    await button(page, 'List').click();
    await axe(page);
    await look(page, `graph-5-${name}-wide-list`);
  });
}
