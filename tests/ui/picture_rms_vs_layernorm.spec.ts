/** What is special about rms_vs_layernorm: shift, scale, an outlier, and what stays. */
import { expect, type Page } from '@playwright/test';

import { mount, test } from './picture-page';

/** The numbers above the bars of RMSNorm and of LayerNorm. */
async function results(page: Page): Promise<[string[], string[]]> {
  const values = (name: RegExp): Promise<string[]> =>
    page
      .locator('#here')
      .getByRole('group', { name })
      .locator('.nl-value')
      .allTextContents();
  return [await values(/^RMSNorm/), await values(/^LayerNorm/)];
}

test.describe('rms_vs_layernorm', () => {
  test.describe.configure({ mode: 'default' });
  test('the guesses are judged by what happens', async ({ page }) => {
    await mount(page, 'rms_vs_layernorm');
    const here = page.locator('#here');
    const before = await results(page);

    await page.getByRole('button', { name: 'Both' }).click();
    await expect(here).toContainText('Not so. The answer is “LayerNorm”.');
    const shifted = await results(page);
    expect(shifted[0]).not.toEqual(before[0]);
    expect(shifted[1]).toEqual(before[1]);

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: 'Both' }).click();
    await expect(here).toContainText('You were right.');
    expect(await results(page)).toEqual(before);

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: 'They shrink' }).click();
    await expect(here).toContainText('You were right.');
    await expect(here.getByText('length 2.83 = √8')).toHaveCount(2);
  });

  test('a bar is moved by key, and tells how its results came about', async ({
    page
  }) => {
    await mount(page, 'rms_vs_layernorm');
    const bar = page.getByRole('slider', { name: 'Number 1', exact: true });
    await bar.focus();
    await page.keyboard.press('PageUp');
    await expect(bar).toHaveAttribute('aria-valuenow', '2.5');
    await expect(page.locator('#here .nl-how')).toContainText(
      'Number 1 is 2.50.'
    );
    await page.keyboard.press('ArrowLeft');
    await expect(page.locator('#here .nl-how')).toContainText(
      'Number 8 is 0.80.'
    );
    await page.keyboard.press('r');
    await expect(bar).toHaveAttribute('aria-valuenow', '1.5');
  });

  test('a list of zeros stays zeros; a long list is counted whole', async ({
    page
  }) => {
    const env = { theme: 'light', reducedMotion: true };
    await mount(page, 'rms_vs_layernorm', '#here', env, false, {
      x: [0, 0, 0]
    });
    await expect(page.locator('#here')).not.toContainText('√');
    await mount(page, 'rms_vs_layernorm', '#there', env, false, {
      x: Array.from({ length: 256 }, (_, i) => (i % 7) - 3)
    });
    await expect(page.locator('#there')).toContainText(
      'The first 12 of 256 numbers are drawn.'
    );
    await expect(page.locator('#there').getByText('= √256')).toHaveCount(2);
  });
});
