/** What is special about residual_lens: the end is not given away, and tokens change places. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('residual_lens: the ball comes with the last layer, and not before it was guessed', async ({
  page
}) => {
  await mount(page, 'residual_lens');
  const here = page.locator('#here');
  await expect(here).toContainText('“␣fell” has 3.8% here: place 1.');
  await expect(here).not.toContainText('wins in the end');
  await here.getByRole('button', { name: '␣fell' }).click();
  await page.clock.runFor(5000);
  await expect(here).toContainText(
    'Not so. The answer is “␣ball”. “␣ball” leads with 100.0%.'
  );
  await expect(here).toContainText('After layer 2, the last');
  await expect(here).toContainText('No layer is left out');
  await here.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(here).toContainText(
    '“␣ball”, which wins in the end, is not among the 10 likeliest here.'
  );
  await expect(here).toContainText('A raw reading');
  const first = here.locator('.nl-token[tabindex="0"]');
  await expect(first).toHaveAttribute('aria-label', '␣it, place 1, 61.5%');
});
