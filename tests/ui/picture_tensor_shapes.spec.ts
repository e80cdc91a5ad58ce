/** What is special about tensor_shapes: the ladder, the refusal, a number on its way. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test.describe('tensor_shapes', () => {
  test.describe.configure({ mode: 'default' });
  test('the guesses walk from a list to the transposed stack', async ({
    page
  }) => {
    await mount(page, 'tensor_shapes');
    const here = page.locator('#here');
    await expect(here.locator('.nl-cell')).toHaveCount(4);

    await page.getByRole('button', { name: '9', exact: true }).click();
    await expect(here).toContainText('Not so. The answer is “24”.');
    await expect(here.locator('.nl-cell')).toHaveCount(24);
    await expect(here).toContainText('2 × 3 × 4 = 24 numbers');

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: 'None' }).click();
    await expect(here).toContainText('You were right. 0 of 24 changed.');

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: '(2, 2, 3, 2)' }).click();
    await expect(here).toContainText('You were right.');
    await expect(here).toContainText(
      '(B, H, T, D) index [1, 0, 1, 1]: 1 × 12 + 0 × 2 + 1 × 4 + 1 × 1 = place 17'
    );
  });

  test('refuses heads that cannot share, and says why', async ({ page }) => {
    await mount(page, 'tensor_shapes');
    const here = page.locator('#here');
    await page.getByRole('radio', { name: 'view' }).check();
    await page
      .getByRole('slider', { name: 'H, parts of each (heads)' })
      .focus();
    await page.keyboard.press('ArrowRight');
    await expect(here).toContainText('4 ÷ 3 leaves 1 over');
    await expect(here).toContainText('Possible here: H = 1, H = 2, H = 4.');
    await page.keyboard.press('ArrowRight');
    await expect(here).toContainText('(B, T, H, D) = (2, 3, 4, 1)');
  });

  test('arrow keys walk the numbers; a number keeps its name on the way', async ({
    page
  }) => {
    await mount(page, 'tensor_shapes', '#here', {
      theme: 'light',
      reducedMotion: false
    });
    await page.getByRole('radio', { name: 'view' }).check();
    const cell = page.getByRole('button', { name: /^number 17,/ });
    await expect(cell).toHaveAccessibleName('number 17, index 1, 1, 0, 1');
    await cell.focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('#here :focus')).toHaveText('18');
    const other = page.getByRole('button', { name: /^number 18,/ });
    const before = (await other.boundingBox())!;
    await page.getByRole('radio', { name: 'transpose' }).check();
    await expect(other).toHaveAccessibleName('number 18, index 1, 1, 1, 0');
    await expect
      .poll(async () => (await other.boundingBox())!.y - before.y)
      .toBeGreaterThan(100);
  });

  test('plays to the end, and stops on demand', async ({ page }) => {
    await mount(page, 'tensor_shapes', '#here', {
      theme: 'light',
      reducedMotion: false
    });
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(page.getByRole('radio', { name: 'stack' })).toBeChecked();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(page.getByRole('radio', { name: 'transpose' })).toBeChecked();
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  });
});
