/** What is special about shift_by_one: the row slides, and one cell lights its answer. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('shift_by_one puts each answer under its question', async ({ page }) => {
  await mount(page, 'shift_by_one');
  const here = page.locator('#here');
  const tile = (name: string) =>
    here.locator('.nl-tile', { has: page.getByText(name, { exact: true }) });
  const under = (name: string) =>
    here.locator('.nl-under', { hasText: new RegExp(`^${name}\\d`) });
  const left = async (part: ReturnType<typeof tile>) =>
    Math.round((await part.boundingBox())?.x ?? NaN);
  expect(await left(under('cat'))).toBe(await left(tile('cat')));

  await page.getByRole('button', { name: '4', exact: true }).click();
  await expect(here).toContainText('Not so. The answer is “3”.');
  for (const [above, below] of [
    ['The', 'cat'],
    ['cat', 'sat'],
    ['sat', 'down']
  ] as const) {
    expect(await left(under(below))).toBe(await left(tile(above)));
  }
  await tile('cat').click();
  await expect(here.locator('[data-answer]')).toHaveText('sat42');
  await expect(here.locator('.nl-how')).toContainText(
    'The model reads The cat and has to answer sat (id 42).'
  );

  await page.getByRole('radio', { name: 'a chat' }).check();
  await expect(here).toContainText('Of these targets 3 count');
  await expect(here.locator('[data-none]')).toHaveCount(5);

  await page.getByRole('textbox').fill('hé');
  await expect(here.locator('.nl-tile-under')).toHaveText([
    '1015',
    '104',
    '195',
    '169'
  ]);
});
