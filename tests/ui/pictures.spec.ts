/**
 * The contract of a picture, over every picture that was built, in a plain page: no
 * JupyterLab, no kernel. A new folder in src/viz is tested without touching this file;
 * what is special about one picture stands in `picture_<id>.spec.ts`.
 */
import { readFileSync } from 'node:fs';

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import {
  BUILT,
  ids,
  mount,
  openPage,
  servePictures,
  state
} from './picture-page';

servePictures();

for (const id of ids) {
  test.describe(id, () => {
    test('keeps its promises to the host', async ({ page }) => {
      const text = readFileSync(`${BUILT}/${id}.js`, 'utf8');
      expect(text).not.toMatch(/Math\.random/);
      expect(text).not.toMatch(/\bfrom\s*["']\.|import\(["']\./);
      await openPage(page);
      const exported = await page.evaluate(
        async name => Object.keys(await import(`/viz/${name}.js`)).sort(),
        id
      );
      expect(exported).toEqual(['compute', 'default', 'meta']);
    });

    test('mounts empty, twice, and from a blob', async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      await openPage(page);
      await mount(page, id);
      await mount(page, id, '#there', { theme: 'dark' }, true);
      for (const where of ['#here', '#there']) {
        await expect(page.locator(`${where} .nl-root`)).toBeVisible();
      }
      expect(errors).toEqual([]);
    });

    for (const way of ['cleanup', 'abort'] as const) {
      test(`leaves nothing behind on ${way}`, async ({ page }) => {
        await openPage(page);
        await mount(page, id, '#here', { theme: 'light' });
        const play = page.locator('#here [data-play]').first();
        if (await play.count()) {
          await play.click(); // leave in the middle of a movement
        }
        await page.evaluate(how => {
          const { picture } = window as unknown as {
            picture: { cleanup(): void; abort: AbortController };
          };
          return how === 'abort' ? picture.abort.abort() : picture.cleanup();
        }, way);
        await expect(page.locator('#here')).toBeEmpty();
        const after = await state(page);
        expect(after.watching).toBe(0);
        expect(after.listeners).toBe(0);
        await page.waitForTimeout(800);
        const later = await state(page);
        expect([later.frames, later.timers]).toEqual([
          after.frames,
          after.timers
        ]);
      });
    }

    test('speaks when a key moves something', async ({ page }) => {
      await openPage(page);
      await mount(page, id);
      const live = page.locator('#here [role="status"]');
      const before = await live.textContent();
      // the first control that names the key it answers to
      const control = page.locator('#here [data-key]').first();
      await control.focus();
      await page.keyboard.press(
        (await control.getAttribute('data-key')) ?? 'Enter'
      );
      await expect(live).not.toHaveText(before ?? '');
    });

    for (const theme of ['light', 'dark'] as const) {
      for (const width of [250, 640]) {
        test(`is accessible and fits, ${theme}, ${width} px`, async ({
          page
        }) => {
          await page.setViewportSize({ width, height: 900 });
          await openPage(page);
          await mount(page, id, '#here', { theme, reducedMotion: true });
          await page
            .locator('#here details')
            .first()
            .evaluate(open => {
              (open as HTMLDetailsElement).open = true;
            });
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth
          );
          expect(wide).toBeLessThanOrEqual(width);
          await page.screenshot({
            path: `tests/ui/shots/${id}-${theme}-${width}.png`
          });
          const found = await new AxeBuilder({ page })
            .include('#here')
            .analyze();
          const serious = found.violations.filter(({ impact }) =>
            ['serious', 'critical'].includes(impact ?? '')
          );
          expect(serious.map(({ id: rule, nodes }) => [rule, nodes])).toEqual(
            []
          );
        });
      }
    }
  });
}
