/** What is special about train_vs_encode: two lanes, one list, the same result. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('train_vs_encode: one lane writes the list, the other reads it', async ({
  page
}) => {
  await mount(page, 'train_vs_encode');
  const here = page.locator('#here');
  const list = here.locator('.nl-list');
  await expect(list).toHaveText('still empty');
  await expect(here.locator('.nl-use')).toContainText('Waits until the list');

  await page.getByRole('button', { name: '7', exact: true }).click();
  await expect(here).toContainText(
    'Not so. The answer is “6”. 3 + 2 + 1 = 6. Not one pair was counted.'
  );
  await expect(list.locator('span')).toHaveText(['256 ug', '257 hug']);
  await expect(here.locator('.nl-same')).toContainText(
    'Same result: learning left “hugs” in the pieces hug · s'
  );

  await here.getByRole('radio', { name: 'three times bud' }).check();
  await expect(list.locator('span')).toHaveText(['256 bu', '257 bud']);

  await page.getByRole('textbox').fill('mug');
  await expect(here.locator('.nl-same')).toContainText(
    '“mug” was not among the texts.'
  );
  await expect(here.locator('.nl-looks tr').last()).toContainText('none: done');
});
