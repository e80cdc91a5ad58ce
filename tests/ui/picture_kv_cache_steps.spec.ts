/** What is special about kv_cache_steps: the guess, the two counters, bytes, prefill, the map. */
import { expect } from '@playwright/test';

import { look } from './look';
import { focusOf, mount, test, tell } from './picture-page';

test.describe('kv_cache_steps', () => {
  test.describe.configure({ mode: 'default' });
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize({ width: 640, height: 900 });
    await mount(page, 'kv_cache_steps');
  });

  test('the guess is judged, and the cache saves the work', async ({
    page
  }) => {
    const here = page.locator('#here');
    const counts = here.locator('.nl-work strong');
    await page.getByRole('button', { name: '20', exact: true }).click();
    await expect(here).toContainText(
      'Not so. The answer is “55”. 1 + 2 + … + 10 = 10 × 11 ÷ 2 = 55. Only 10 of them are new, the other 45'
    );
    await expect(counts).toHaveText(['55', '10']);
    await look(page, 'kv_cache_steps-off');
    await page.getByRole('button', { name: 'Next guess' }).click();
    await page.getByRole('button', { name: '10', exact: true }).click();
    await expect(here).toContainText(
      'You were right. Each of the 10 tokens once.'
    );
    await expect(page.getByLabel('keep keys and values')).toBeChecked();
    await expect(here.locator('.nl-now')).toHaveText(
      'Call 10, decode: only the key of “purred” is worked out. 9 others are taken from the cache. It writes “<|bos|>”.'
    );
    await look(page, 'kv_cache_steps-on');
    await page.getByRole('button', { name: 'Next guess' }).click();
    await expect(here).toContainText('a prompt of 4 tokens');
    await page.getByRole('button', { name: '49', exact: true }).click();
    await expect(here).toContainText('You were right.');
    await look(page, 'kv_cache_steps-prompt');
  });

  test('fewer key/value heads take less room', async ({ page }) => {
    const formula = page.locator('#here .nl-formula');
    await page.getByLabel('calls done').focus();
    await page.keyboard.press('c');
    await page.keyboard.press('End');
    await expect(formula).toHaveText(
      '2 (key and value) × 4 layers × 4 key/value heads × 64 numbers × 4 bytes × 10 tokens = 81,920 bytes'
    );
    await page.getByRole('radio', { name: '1', exact: true }).check();
    await expect(formula).toContainText('= 20,480 bytes');
    expect(await focusOf(page)).toEqual({ concept: 'attention.gqa' });
    await expect(page.locator('#here [role="status"]')).toContainText('20,480');
    await expect(page.locator('#here')).toContainText('1/4 of the room');
  });

  test('plays from call to call, and stops', async ({ page }) => {
    const step = page.getByLabel('calls done');
    await step.focus();
    await page.keyboard.press('Home'); // ten calls to go, several seconds
    await page.getByRole('button', { name: 'Play' }).click();
    await expect(step).not.toHaveValue('0');
    await page.getByRole('button', { name: 'Stop' }).click();
    const stopped = await step.inputValue();
    await page.clock.runFor(800);
    await expect(step).toHaveValue(stopped);
  });

  test('a cell tells what happens there', async ({ page }) => {
    const now = page.locator('#here .nl-now');
    const map = page.getByRole('application', { name: /Map of the work/ });
    await map.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(now).toContainText(
      'Call 4, “cat”: key and value are worked out again. They are the same as in call 3'
    );
    await page.keyboard.press('c');
    await expect(now).toHaveText(
      'Call 4, “cat”: key and value are taken from the cache, where call 3 put them.'
    );
    await page.keyboard.press('ArrowDown');
    await expect(page.getByLabel('calls done')).toHaveValue('5');
    expect(await focusOf(page)).toEqual({ token: 2, row: 4, column: 2 });
    await map.blur();
    expect(await focusOf(page)).toBeNull();
    await expect(now).toContainText('Call 5, decode');
    await tell(page, 'focus', { token: 1 });
    await expect(now).toContainText('Call 5, “the”');
  });

  test('takes the sizes of another model', async ({ page }) => {
    await page.evaluate(() => {
      const { model } = (
        window as unknown as {
          picture: { model: { set(key: string, value: unknown): void } };
        }
      ).picture;
      model.set('tokens', ['a', 'b', 'c']);
      model.set('layers', 12);
      model.set('heads', 6);
      model.set('kv_heads', 3);
      model.set('head_width', 128);
      model.set('number_bytes', 2);
    });
    await expect(page.locator('#here .nl-formula')).toContainText(
      '12 layers × 3 key/value heads × 128 numbers × 2 bytes × 3 tokens = 55,296 bytes'
    );
    await expect(
      page.getByRole('radio', { name: '6', exact: true })
    ).toBeVisible();
  });
});
