/** What is special about broadcasting: ghosts fill what is missing, or a direction breaks. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('a pair that does not fit is mended by one size, and ghosts appear', async ({
  page
}) => {
  await mount(page, 'broadcasting');
  const here = page.locator('#here');
  await page.getByRole('button', { name: 'No, they break' }).click();
  await expect(here).toContainText('You were right. Shapes are lined up');
  await expect(here).toContainText('3 meets 2: breaks');
  await expect(page.getByRole('group', { name: 'result' })).toBeHidden();

  // as many columns as the prices have: by key
  await page.getByRole('slider', { name: 'second, columns' }).press('End');
  await page
    .getByRole('slider', { name: 'second, columns' })
    .press('ArrowLeft');
  await expect(here).not.toContainText('meets 2: breaks');
  await expect(here.locator('[data-kind="two ghost"]')).toHaveText([
    '1',
    '2',
    '3'
  ]);
  const result = page
    .getByRole('group', { name: 'result' })
    .getByRole('button');
  await expect(result).toHaveText(['11', '22', '33', '41', '52', '63']);
  await result.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(result.nth(4)).toBeFocused();
  await expect(here.locator('.nl-how')).toHaveText(
    'row 1, column 1: 50 + 2 = 52. The 2 is one of 3 numbers in the second table; it is used 2 times.'
  );
});
