/**
 * The contract of a picture, over every picture that was built, in a plain page: no
 * JupyterLab, no kernel. A new folder in src/viz is tested without touching this file;
 * what is special about one picture stands in `picture_<id>.spec.ts`.
 */
import { readFileSync } from 'node:fs';

import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';

import {
  answerAll,
  BUILT,
  focusOf,
  ids,
  mount,
  noticed,
  REACHABLE,
  test,
  slips,
  state,
  tell
} from './picture-page';

for (const id of ids) {
  test.describe(id, () => {
    test.describe.configure({ mode: 'default' }); // one window for one picture
    test('keeps its promises to the host', async ({ page }) => {
      const text = readFileSync(`${BUILT}/${id}.js`, 'utf8');
      expect(text).not.toMatch(/Math\.random/);
      expect(text).not.toMatch(/\bfrom\s*["']\.|import\(["']\./);
      const exported = await page.evaluate(
        async name => Object.keys(await import(`/viz/${name}.js`)).sort(),
        id
      );
      expect(exported).toEqual(['compute', 'default', 'meta']);
    });

    test('mounts empty, twice, and from a blob', async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      await mount(page, id);
      await mount(page, id, '#there', { theme: 'dark' }, true);
      for (const where of ['#here', '#there']) {
        await expect(page.locator(`${where} .nl-root`)).toBeVisible();
      }
      expect(errors).toEqual([]);
    });

    test('keeps its looks beside another picture', async ({ page }) => {
      await mount(page, id);
      const looks = () =>
        page
          .locator('#here .nl-root *')
          .evaluateAll(all =>
            all.map(node => JSON.stringify(node.getBoundingClientRect()))
          );
      const before = await looks();
      for (const other of ids.filter(one => one !== id)) {
        await mount(page, other, '#there');
      }
      expect(await looks()).toEqual(before);
    });

    for (const way of ['cleanup', 'abort'] as const) {
      test(`leaves nothing behind on ${way}`, async ({ page }) => {
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
        await page.clock.runFor(800);
        const later = await state(page);
        expect([later.frames, later.timers]).toEqual([
          after.frames,
          after.timers
        ]);
      });
    }

    test('speaks when a key moves something', async ({ page }) => {
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

    test('answers every key it names', async ({ page }) => {
      await mount(page, id);
      const keys = await page.evaluate(
        async name => Object.keys((await import(`/viz/${name}.js`)).meta.keys),
        id
      );
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys.flatMap(entry => entry.split(' / '))) {
        const controls = await page.locator(REACHABLE).all();
        let answered = false;
        for (const control of controls) {
          await control.focus();
          const before = await noticed(page);
          await page.keyboard.press(key);
          answered = (await noticed(page)) !== before;
          if (answered) {
            break;
          }
        }
        expect(answered, `${key} does nothing`).toBe(true);
      }
    });

    test('points by mouse and by key alike, and lights what is pointed at', async ({
      page
    }) => {
      await mount(page, id);
      const parts = await page.locator(`${REACHABLE}, #here .nl-column`).all();
      const found: Array<{ by: string; focus: object }> = [];
      for (const part of parts) {
        if (!(await part.isVisible())) {
          continue;
        }
        if ((await part.getAttribute('tabindex')) !== null) {
          await part.focus();
          const focus = await focusOf(page);
          await part.blur();
          if (focus !== null) {
            found.push({ by: 'key', focus });
          }
          expect(await focusOf(page)).toBeNull();
        }
        await part.hover();
        const focus = await focusOf(page);
        await page.mouse.move(0, 0);
        await page.mouse.wheel(0, -10_000);
        if (focus !== null) {
          found.push({ by: 'mouse', focus });
        }
        expect(await focusOf(page)).toBeNull();
      }
      const concepts = await page.evaluate(
        async name => (await import(`/viz/${name}.js`)).meta.concepts,
        id
      );
      for (const { focus } of found) {
        if ('concept' in focus) {
          expect(concepts).toContain(focus.concept);
        }
      }
      for (const by of ['key', 'mouse']) {
        const all = found.filter(one => one.by === by);
        expect(all.length, `${by} points at nothing`).toBeGreaterThan(0);
        const last = all.at(-1)?.focus;
        await tell(page, 'focus', all[0]?.focus);
        const before = await page.locator('#here').innerHTML();
        await tell(page, 'focus', last);
        const after = await page.locator('#here').innerHTML();
        expect(after === before).toBe(
          JSON.stringify(last) === JSON.stringify(all[0]?.focus)
        );
        await tell(page, 'focus', null);
      }
      for (const focus of [{ token: 999, row: 999, column: 999, head: 99 }]) {
        await tell(page, 'focus', focus);
        expect(await slips(page)).toEqual([]);
      }
    });

    test('goes where its host moves it', async ({ page }) => {
      await mount(page, id);
      const moved = await page.evaluate(async name => {
        const { params } = (await import(`/viz/${name}.js`)).meta;
        return Object.entries(params) as Array<
          [string, { min: number; max: number }]
        >;
      }, id);
      for (const [name, { min, max }] of moved) {
        const shown: string[] = [];
        for (const end of [min, max]) {
          await tell(page, name, end);
          shown.push(await page.locator('#here').innerHTML());
          expect(await slips(page)).toEqual([]);
        }
        expect(shown[0], `${name} moves nothing`).not.toBe(shown[1]);
      }
    });

    test('has a table that says what the drawing says', async ({ page }) => {
      await mount(page, id);
      await page.locator('#here details > summary').click();
      const table = page.locator('#here details table');
      await expect(table).toBeVisible();
      const rows = await table
        .locator('tr')
        .evaluateAll(all =>
          all.map(row =>
            [...row.children].map(cell => (cell.textContent ?? '').trim())
          )
        );
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        expect(row.length).toBe(rows[0]?.length);
        expect(row).not.toContain('');
      }
    });

    test('has numbers to show at every end of every control', async ({
      page
    }) => {
      const errors: string[] = [];
      page.on('pageerror', error => errors.push(error.message));
      await mount(page, id);
      const check = async (): Promise<void> => {
        expect(await slips(page)).toEqual([]);
        expect(errors).toEqual([]);
      };
      await check();
      for (const range of await page
        .locator('#here input[type=range]:not([disabled])')
        .all()) {
        for (const end of ['Home', 'End']) {
          await range.focus();
          await page.keyboard.press(end);
          await check();
        }
      }
      for (const bar of await page.locator('#here [role=slider]').all()) {
        for (const end of ['Home', 'End']) {
          await bar.focus();
          await page.keyboard.press(end);
          await check();
        }
      }
      for (const radio of await page.locator('#here input[type=radio]').all()) {
        await radio.check();
        await check();
      }
      await answerAll(page, check);
    });

    test('with reduced motion nothing moves by itself', async ({ page }) => {
      await mount(page, id);
      const play = page.locator('#here [data-play]').first();
      if (await play.count()) {
        await play.click();
      }
      await page.locator('#here [data-key]').first().press('ArrowRight');
      await page.clock.runFor(100);
      const now = (): Promise<number> => page.evaluate(() => Date.now());
      const began = await now();
      const before = await state(page);
      const running = await page.evaluate(
        () => document.getAnimations().length
      );
      await page.clock.runFor(1_000);
      const after = await state(page);
      expect(running).toBe(0);
      expect(after.frames).toBe(before.frames);
      // cuts, at a pace that is no motion: three a second
      const most = (((await now()) - began) / 1_000) * 3 + 1;
      expect(after.timers - before.timers).toBeLessThanOrEqual(most);
    });

    for (const way of ['scrolled away', 'on a hidden page'] as const) {
      test(`stops playing when ${way}`, async ({ page }) => {
        await mount(page, id, '#here', {
          theme: 'light',
          reducedMotion: false
        });
        const play = page.locator('#here [data-play]').first();
        test.skip((await play.count()) === 0, 'nothing plays here');
        await play.click();
        await expect
          .poll(async () => (await state(page)).timers)
          .toBeGreaterThan(1);
        await page.evaluate(async how => {
          if (how === 'scrolled away') {
            document.body.style.paddingTop = '4000px';
            // The browser tells it with its next real frame, whatever the clock here says.
            await new Promise<void>(told => {
              const eye = new IntersectionObserver(([{ isIntersecting }]) => {
                if (!isIntersecting) {
                  eye.disconnect();
                  told();
                }
              });
              eye.observe(document.querySelector('#here') as Element);
            });
          } else {
            Object.defineProperty(document, 'hidden', { value: true });
            document.dispatchEvent(new Event('visibilitychange'));
          }
        }, way);
        await page.clock.runFor(500);
        const before = await state(page);
        await page.clock.runFor(800);
        const after = await state(page);
        expect([after.timers, after.frames]).toEqual([
          before.timers,
          before.frames
        ]);
      });
    }

    for (const theme of ['light', 'dark'] as const) {
      for (const width of [250, 640]) {
        test(`is accessible and fits, ${theme}, ${width} px`, async ({
          page
        }) => {
          await page.setViewportSize({ width, height: 900 });
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
          const accessible = async (): Promise<void> => {
            // Without frames the old way finds the same and opens no second page.
            const found = await new AxeBuilder({ page })
              .setLegacyMode()
              .include('#here')
              .options({ resultTypes: ['violations'] })
              .analyze();
            const serious = found.violations.filter(({ impact }) =>
              ['serious', 'critical'].includes(impact ?? '')
            );
            expect(serious.map(({ id: rule, nodes }) => [rule, nodes])).toEqual(
              []
            );
          };
          await accessible();
          const guess = page.locator('#here .nl-question button').first();
          if (theme === 'dark' && width === 250 && (await guess.count())) {
            await guess.click();
            await expect(guess).not.toHaveAttribute('aria-disabled', 'true');
            await accessible();
          }
        });
      }
    }
  });
}
