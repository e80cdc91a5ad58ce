/** What is special about packing_rows: guess the next document; other lengths; what is cut. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('packing_rows packs by the rule that was to be guessed', async ({
  page
}) => {
  await mount(page, 'packing_rows');
  const here = page.locator('#here');
  const places = here.locator('.nl-place');
  await expect(here.locator('.nl-place[data-colour]')).toHaveCount(7);

  await page.getByRole('button', { name: 'D, length 6' }).first().click();
  await expect(here).toContainText('Not so. The answer is “C, length 3”.');
  await expect(places).toHaveText([...'AAAAAAACCC']);

  await page.getByRole('button', { name: 'Next guess' }).click();
  await page
    .locator('.nl-question')
    .getByRole('button', { name: 'D, length 6' })
    .click();
  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'The beginning of' }).click();
  await expect(here).toContainText('You were right. The first token of F');
  await expect(here).toContainText('(30 − 29) ÷ 30 = 3%');
  await expect(here).toContainText('filled up with empty places: 42%');

  const field = page.getByRole('textbox');
  await field.fill('12, x');
  await expect(here).toContainText('Write whole numbers of 1 and more');
  await expect(places).toHaveCount(30); // as before
  await field.fill('12, 3, 8');
  await expect(here.locator('.nl-how')).toContainText('2 tokens are cut off');
});
