/** What is special about matmul_cells: a cell is a row with a column, term by term. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('the asked cell is hidden until the guess, then its terms add up', async ({
  page
}) => {
  await mount(page, 'matmul_cells');
  const here = page.locator('#here');
  const cell = (name: RegExp) => page.getByRole('button', { name });
  await expect(cell(/^person 2, shop 2/)).toHaveText('?');
  await here.getByRole('button', { name: '9', exact: true }).click();
  await expect(here).toContainText('Not so. The answer is “7”.');
  await expect(cell(/^person 2, shop 2/)).toHaveText('7');

  await page.getByRole('button', { name: 'Next term' }).click();
  await expect(here.locator('.nl-how')).toHaveText('person 2, shop 2: 2 × 2');
  await cell(/^person 1, shop 2/).hover();
  await expect(here.locator('.nl-how')).toHaveText(
    'person 1, shop 2: 1 × 2 + 1 × 1 + 1 × 3 = 6'
  );
  await expect(here.locator('[data-kind=one]')).toHaveText(['1', '1', '1']);
  await expect(here.locator('[data-kind=two]')).toHaveText(['2', '1', '3']);
});

test('it takes tables of any size, and refuses those that do not go', async ({
  page
}) => {
  const table = (shape: number[]) => ({
    shape,
    data: Array.from({ length: (shape[0] ?? 0) * (shape[1] ?? 0) }, (_, n) => n)
  });
  const env = { theme: 'light', reducedMotion: true };
  await mount(page, 'matmul_cells', '#here', env, false, {
    x: table([3, 2]),
    w: table([2, 4])
  });
  await expect(page.locator('#here button.nl-cell')).toHaveCount(12);
  await expect(page.locator('#here')).toContainText('(3, 2) times (2, 4)');
  await mount(page, 'matmul_cells', '#there', env, false, {
    x: table([3, 2]),
    w: table([3, 2])
  });
  await expect(page.locator('#there')).toContainText(
    'the inner sizes, 2 and 3, must be equal'
  );
});
