/** What is special about dice_to_tokens: counts approach the bars, and a seed repeats them. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('after a thousand rolls the counts are close, and equal seeds repeat', async ({
  page
}) => {
  await mount(page, 'dice_to_tokens');
  const here = page.locator('#here');
  const rows = async (): Promise<string[]> =>
    here.locator('details tr td:nth-child(3)').allTextContents();
  await here.locator('summary').click();
  await page
    .getByRole('button', { name: '10 rolls more', exact: true })
    .click();
  const few = await rows();
  expect(few.map(Number).reduce((a, b) => a + b)).toBe(10);

  await page.getByRole('button', { name: 'After 1,000' }).click();
  await expect(here).toContainText('You were right. After 10 the furthest');
  await expect(here).toContainText('1,000 rolls.');
  const shares = await here
    .locator('details tr td:nth-child(4)')
    .allTextContents();
  const off = shares.map(
    (text, n) => Math.abs(parseFloat(text) - [50, 30, 20][n]!) // percent
  );
  expect(Math.max(...off)).toBeLessThan(5);

  await page.getByRole('slider', { name: /seed/ }).press('ArrowRight');
  await page.getByRole('slider', { name: /seed/ }).press('ArrowLeft');
  await page.keyboard.press('r');
  expect(await rows()).toEqual(['0', '0', '0']);
  await page
    .getByRole('button', { name: '10 rolls more', exact: true })
    .click();
  expect(await rows()).toEqual(few);
});

test('the next token of the model is a die, and so are shares of the host', async ({
  page
}) => {
  await mount(page, 'dice_to_tokens');
  await page.getByLabel('the next token').check();
  const pieces = page.locator('#here .nl-piece');
  await expect(pieces).toHaveCount(6);
  await pieces.nth(1).focus();
  await expect(page.locator('#here .nl-how')).toContainText(
    '“had” has probability 0.22'
  );
  const shares = Array.from({ length: 40 }, (_, n) => (n + 1) / 820);
  const env = { theme: 'light', reducedMotion: true };
  await mount(page, 'dice_to_tokens', '#there', env, false, { shares });
  await expect(page.locator('#there .nl-piece')).toHaveCount(6);
  await expect(page.locator('#there')).toContainText('35 others');
});
