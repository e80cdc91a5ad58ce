/** What is special about attention_heatmap: the guess, the sum of a cell, the mask, other numbers. */
import { expect } from '@playwright/test';

import { look } from './look';
import { focusOf, mount, test, tell } from './picture-page';

test.describe('attention_heatmap', () => {
  test.describe.configure({ mode: 'default' });
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize({ width: 640, height: 900 });
    await mount(page, 'attention_heatmap');
  });

  test('the guess is judged by the numbers, and shows why', async ({
    page
  }) => {
    const here = page.locator('#here');
    await page.getByRole('button', { name: 'mat', exact: true }).click();
    await expect(here).toContainText(
      'Not so. The answer is “cat”. “it” takes 84% from “cat”'
    );
    await expect(
      page.getByRole('button', { name: /^“it”/, pressed: true })
    ).toBeVisible();
    const sum = page.getByRole('region', { name: 'The sum behind one cell' });
    await expect(sum).toContainText('“it” looks at “cat”');
    await expect(sum).toContainText('= 84%');
    await look(page, 'attention_heatmap-answered');
    await page.getByRole('button', { name: 'Next guess' }).click();
    await expect(here).toContainText('in head 1, still from “it”');
    await expect(
      page.getByRole('button', { name: 'head 1', pressed: true })
    ).toBeVisible();
    await expect(here.locator('.nl-strip')).not.toContainText('%');
  });

  test('without the mask the future leaks in', async ({ page }) => {
    await page.getByRole('button', { name: /^“it”/ }).click();
    const purred = page.getByRole('button', { name: /^“purred”/ });
    await expect(purred).toHaveAccessibleName(/future/);
    await page.keyboard.press('m');
    await expect(purred).toHaveAccessibleName(/50% of what “it” takes/);
    await expect(page.locator('#here .nl-rule')).toContainText(
      'takes 50% from words that come after it'
    );
    await look(page, 'attention_heatmap-leak');
    await page.getByLabel('hide the future').check();
    await expect(purred).toHaveAccessibleName(/future/);
  });

  test('the map is walked with the arrow keys, and pointed at', async ({
    page
  }) => {
    const map = page.getByRole('application', { name: /Map of shares/ });
    const live = page.locator('#here [role="status"]');
    await map.focus();
    await page.keyboard.press('ArrowUp');
    const walked = await live.textContent();
    expect(walked).toContain('“the” takes');
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + box.width - 3, box.y + 3);
    await expect(live).toContainText('“<|bos|>” takes nothing from “purred”');
    await expect(page.locator('#here .nl-terms')).toContainText(
      'it is the future'
    );
    await page.mouse.move(0, 0); // the keyboard is still there
    await expect(live).toHaveText(walked ?? '');
    expect(await focusOf(page)).toMatchObject({ row: 5, token: 5, head: 0 });
    await map.blur();
    expect(await focusOf(page)).toBeNull();
  });

  test('lights what the host points at, but keeps the guess covered', async ({
    page
  }) => {
    const live = page.locator('#here [role="status"]');
    const before = await live.textContent();
    await tell(page, 'focus', { token: 3, column: 1, head: 2 });
    await expect(live).toContainText('“sat” takes');
    await expect(live).toContainText('from “the” in head 2.');
    await tell(page, 'focus', { token: 8, head: 0 });
    await expect(live).toHaveText('“it”: Guess first, then look.');
    await expect(page.locator('#here .nl-terms')).not.toContainText('%');
    // where it looks most would be the answer
    await expect(
      page.getByRole('region', { name: 'The sum behind one cell' })
    ).toContainText('“it” looks at “it”');
    await tell(page, 'focus', { token: 99 });
    await expect(live).toHaveText(before ?? '');
    await tell(page, 'focus', null);
    await expect(live).toHaveText(before ?? '');
  });

  test('another head looks elsewhere', async ({ page }) => {
    await page.getByRole('button', { name: 'head 0' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(
      page.getByRole('button', { name: 'head 1', pressed: true })
    ).toBeFocused();
    await expect(page.locator('#here .nl-takes')).toContainText('in head 1');
    await page.getByRole('button', { name: 'head 3' }).hover();
    await expect(page.locator('#here .nl-takes')).toContainText('in head 3');
    expect(await focusOf(page)).toEqual({
      head: 3,
      concept: 'attention.multi_head'
    });
    await page.mouse.move(0, 0);
    await page.getByLabel('hide the future').focus();
    expect(await focusOf(page)).toEqual({ concept: 'attention.causal_mask' });
  });

  test('shows what a host sends, and says what does not fit', async ({
    page
  }) => {
    const send = (values: Record<string, unknown>): Promise<void> =>
      page.evaluate(sent => {
        const { model } = (
          window as unknown as {
            picture: { model: { set(key: string, value: unknown): void } };
          }
        ).picture;
        Object.entries(sent).forEach(([name, value]) => model.set(name, value));
      }, values);
    await send({
      tokens: ['a', 'b'],
      pattern: { shape: [1, 2, 2], data: [1, 0, 0.25, 0.75] }
    });
    await page.getByRole('button', { name: /^“b”/ }).click();
    await expect(page.locator('#here [role="status"]')).toHaveText(
      '“b” takes 75% from “b” in head 0.'
    );
    await expect(page.getByLabel('hide the future')).toBeDisabled();
    const two = { shape: [1, 2, 2], data: [1, 0, 0, 1] };
    await send({ q: two, k: two });
    await expect(page.locator('#here')).toContainText(
      'No scale came with them'
    );
    await send({ scale: 2 });
    await page.getByRole('button', { name: /^“b”/ }).click();
    await expect(page.locator('#here .nl-terms')).toContainText(
      '1.00 × scale 2 = score 2.00'
    );
    await send({
      q: { shape: [1, 2, 2], data: [1, 0, 0, 1] },
      k: { shape: [1, 1, 2], data: [1, 0] }
    });
    await expect(page.locator('#here')).toContainText('do not fit together');
  });
});
