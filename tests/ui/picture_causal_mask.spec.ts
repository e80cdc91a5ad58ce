/** What is special about causal_mask: the leak, the wrong way, and where the share goes. */
import { expect } from '@playwright/test';

import { mount, tell, test } from './picture-page';

test('causal_mask: the future leaks, and is hidden', async ({ page }) => {
  await mount(page, 'causal_mask');
  const here = page.locator('#here');
  const shares = here.locator('.nl-chip-text');
  await expect(shares).toHaveText(['21%', '58%', '21%', 'hidden']);

  await page.getByRole('button', { name: '≈ 25%' }).click();
  await expect(here).toContainText('Not so. The answer is “≈ 80%”. 81%.');
  await expect(shares).toHaveText(['4%', '11%', '4%', '81%']);
  await expect(here).toContainText('81% of what “red” takes comes from later');

  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'No, a share' }).click();
  await expect(here).toContainText('You were right. It still gets 7%');

  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: '100%', exact: true }).click();
  await expect(here).toContainText('“like” went from 11% to 58%');
  await expect(here).toContainText('10 of 16 pairs are left.');

  await here.locator('.nl-map-cells').press('m');
  await expect(here.getByRole('radio', { name: 'not hidden' })).toBeChecked();

  // the last two words alone, with the earlier ones kept
  await tell(page, 'scores', { shape: [2, 4], data: [1, 2, 1, 4, 0, 2, 1, 1] });
  await expect(here).toContainText('7 of 8 pairs are left.');
});
