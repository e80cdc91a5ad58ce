/** The map arranged by forces, in a real browser, and the way back. */
import { expect, type Page } from '@playwright/test';

import {
  button,
  choose,
  drawing,
  openGraph,
  panel,
  seen,
  stillness,
  widen
} from './graph_page';
import { execute, test } from './lab';
import { look } from './look';

/** By the menu: to the forces, or back to the regions. */
async function arrange(page: Page, as: 'Regions' | 'Free'): Promise<void> {
  await button(page, 'More').click();
  await button(page, as).click();
  await expect(panel(page).getByText('Arranging…')).toHaveCount(0, {
    timeout: 20_000
  });
}

test('arranged freely, and back exactly as it was', async ({ page }) => {
  await openGraph(page);
  await execute(page, 'nanochat-learn:arrange-graph', { as: 'regions' });
  await stillness(page);
  await arrange(page, 'Free');
  await seen(page, '6-free-narrow');
  await arrange(page, 'Regions');

  // compared where there is room for many names
  await widen(page);
  await execute(page, 'nanochat-learn:tidy-graph');
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
  await arrange(page, 'Regions');
  expect((await drawing(page)).names).toEqual(before);
  await arrange(page, 'Free');
  expect((await drawing(page)).names).toEqual(free);
  await button(page, 'More').click();
  await panel(page).getByRole('button', { name: 'Tidy up' }).click();
  await expect(panel(page).getByText('Arranging…')).toHaveCount(0);
  await stillness(page);
  await look(page, 'graph-6-free-wide');
  await choose(page, 'apply_rotary_emb');
  await stillness(page);
  await look(page, 'graph-6-free-wide-chosen');
  await execute(page, 'nanochat-learn:arrange-graph', { as: 'regions' });
});
