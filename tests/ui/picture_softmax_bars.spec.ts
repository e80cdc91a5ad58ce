/** What is special about softmax_bars: adding, dividing, overflow, dragging, live scores. */
import { expect } from '@playwright/test';

import { mount, test, tell } from './picture-page';

test.describe('softmax_bars', () => {
  test.describe.configure({ mode: 'default' });
  test('the three guesses are judged by what happens', async ({ page }) => {
    await mount(page, 'softmax_bars');
    const here = page.locator('#here');
    const shares = here.locator('.nl-shares .nl-value');
    const before = await shares.allTextContents();

    await page.getByRole('button', { name: 'All grow' }).click();
    await expect(here).toContainText('Not so. The answer is “They stay”.');
    expect(await shares.allTextContents()).toEqual(before);
    await expect(
      page.getByRole('slider', { name: 'Score of B' })
    ).toHaveAttribute('aria-valuenow', '8');

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: 'It grows' }).click();
    await expect(here).toContainText(
      'You were right. B went from 63.6% to 86.5%.'
    );

    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: 'No, it breaks' }).click();
    await expect(here.locator('td[data-not-a-number]')).toHaveText('NaN');
    expect(await shares.allTextContents()).toEqual(before);
  });

  test('a bar is dragged, and tells how its share came about', async ({
    page
  }) => {
    await mount(page, 'softmax_bars');
    const bar = page.getByRole('slider', { name: 'Score of C' });
    const box = (await bar.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 100 - 33, {
      steps: 4
    });
    await page.mouse.up();
    await expect(bar).toHaveAttribute('aria-valuenow', '3'); // 33 of 132 pixels, 12 units
    await expect(page.locator('#here .nl-how')).toContainText(
      'C: its score is 3. e to the power of 3 is 20.1.'
    );
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('#here .nl-how')).toContainText(
      'D: its score is 2'
    );
    await page.keyboard.press('r');
    await expect(bar).toHaveAttribute('aria-valuenow', '0');
  });

  test('of many scores the largest are drawn, and all are counted', async ({
    page
  }) => {
    await mount(
      page,
      'softmax_bars',
      '#here',
      {
        theme: 'light',
        reducedMotion: true
      },
      false,
      { logits: Array.from({ length: 100 }, (_, i) => (i % 10) / 10) }
    );
    await expect(page.getByRole('slider', { name: /Score of/ })).toHaveCount(8);
    await expect(page.locator('#here')).toContainText('92 more tokens');
    await expect(page.locator('#here')).toContainText('together 100.0%');
  });

  test('follows its host: other scores, a temperature, what is pointed at', async ({
    page
  }) => {
    await mount(page, 'softmax_bars');
    const here = page.locator('#here');
    await tell(page, 'logits', [0, 0, 0]);
    await expect(here.locator('.nl-root')).toHaveCount(1);
    await expect(here.locator('.nl-shares .nl-value')).toHaveText([
      /33.3/,
      /33.3/,
      /33.3/
    ]);
    await tell(page, 'logits', [2, 0]);
    await tell(page, 'temperature', 2);
    await expect(here.locator('.nl-shares .nl-value')).toHaveText([
      /73.1/, // e ÷ (e + 1)
      /26.9/
    ]);
    await tell(page, 'focus', { column: 1 });
    await expect(here.locator('.nl-how')).toContainText('1: its score is 0.');
  });
});
