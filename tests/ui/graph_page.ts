/** How the browser tests drive the graph panel; what the map shows is read from its own SVG. */
import { readFile } from 'node:fs/promises';

import { expect, type Locator, type Page } from '@playwright/test';

import { axeSerious } from './axe';
import { execute, inBothThemes, openLab } from './lab';
import { look } from './look';

const GRAPH = '#nanochat-learn-graph';

export const panel = (page: Page): Locator => page.locator(GRAPH);
export const button = (page: Page, name: string): Locator =>
  panel(page).getByRole('button', { name, exact: true });

export async function openGraph(page: Page): Promise<void> {
  await openLab(page);
  await execute(page, 'nanochat-learn:show-graph');
  await expect(panel(page).locator('canvas').first()).toBeVisible();
}

/** Search and choose the first that is found. */
export async function choose(page: Page, what: string): Promise<void> {
  const search = panel(page).locator('input[type="search"]');
  await search.fill(''); // the same words again are a search again
  await search.fill(what);
  await panel(page).locator('[role="option"]').first().click();
}

export async function save(page: Page, kind: 'SVG' | 'PNG'): Promise<string> {
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

export async function drawing(page: Page): Promise<IDrawing> {
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
export async function stillness(page: Page): Promise<void> {
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

export async function pointAt(page: Page, x: number, y: number): Promise<void> {
  const box = await panel(page)
    .locator('.jp-NanochatLearn-mapHost')
    .boundingBox();
  await page.mouse.move((box?.x ?? 0) + x, (box?.y ?? 0) + y);
}

/** Nothing in the panel as it stands keeps somebody out, dark or light. */
export async function seen(page: Page, what: string): Promise<void> {
  await inBothThemes(page, async theme => {
    await look(page, `graph-${what}-${theme}`);
    await axeSerious(page, GRAPH);
  });
}

export async function widen(page: Page): Promise<void> {
  const box = await page.locator('#jp-left-stack').boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) + 2, 400);
  await page.mouse.down();
  await page.mouse.move(900, 400, { steps: 4 });
  await page.mouse.up();
}
