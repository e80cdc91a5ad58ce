/** What is special about rope_dials: the guess is judged, a dial explains itself. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test.describe('rope_dials', () => {
  test.describe.configure({ mode: 'default' });
  test('both move by five: the score stays, and the guess is judged', async ({
    page
  }) => {
    await mount(page, 'rope_dials');
    const score = page.locator('#here .nl-sum strong');
    const before = await score.textContent();
    await page.getByRole('button', { name: 'It changes' }).click();
    await expect(page.locator('#here')).toContainText(
      'Not so. The answer is “It stays”.'
    );
    await expect(score).toHaveText(before ?? '');
    await expect(page.getByLabel('place of the query')).toHaveValue('12');

    await page.getByLabel('place of the query').focus();
    await page.keyboard.press('ArrowRight'); // the distance grows
    await expect(score).not.toHaveText(before ?? '');
    await page.keyboard.press('l');
    const locked = await score.textContent();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByLabel('place of the key')).toHaveValue('9');
    await expect(score).toHaveText(locked ?? '');
  });

  test('a dial tells how its numbers came about', async ({ page }) => {
    await mount(page, 'rope_dials');
    await page.locator('#here .nl-dial').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('#here .nl-how')).toContainText('Pair 1');
  });
});
