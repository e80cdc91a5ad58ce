/** What is special about bpe_merges: guess the winner, step, and learn from your own words. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('bpe_merges glues the pair that was to be guessed', async ({ page }) => {
  await mount(page, 'bpe_merges');
  const here = page.locator('#here');
  const pieces = here.locator('.nl-tile-text');
  await expect(pieces).toHaveCount(10);
  await expect(here).toContainText('No merge yet: 10 pieces');

  await page.getByRole('button', { name: 'h + u', exact: true }).click();
  await expect(here).toContainText('Not so. The answer is “u + g”.');
  await expect(pieces).toHaveText(['h', 'ug', 'h', 'ug', 's', 'b', 'ug']);
  await expect(here).toContainText('id 256: 10 − 3 = 7 pieces');

  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'h + ug', exact: true }).click();
  await expect(here).toContainText('You were right.');
  await expect(pieces).toHaveText(['hug', 'hug', 's', 'b', 'ug']);
  await pieces.first().click();
  await expect(here.locator('.nl-how')).toContainText(
    '“hug” is id 257. Merge 2 made it of h (104) and ug (256), which stood side by side 2 times.'
  );

  const field = page.getByRole('textbox');
  await field.fill('pin, pins, spin');
  await expect(pieces).toHaveCount(11);
  await page.getByRole('button', { name: 'i + n', exact: true }).click();
  await expect(here).toContainText(
    'the pair with the smaller ids wins, 105 + 110'
  );
  await field.press('n'); // typed, not obeyed
  await expect(here).toContainText('No merge yet');
});
