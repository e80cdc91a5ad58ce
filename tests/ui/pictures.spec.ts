/**
 * The contract of a picture, over every picture that was built, in a plain page: no
 * JupyterLab, no kernel. A new folder in src/viz is tested without touching this file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const BUILT = 'nanochat_learn/static/viz';
const ids = readdirSync(BUILT)
  .filter(name => name.endsWith('.js'))
  .map(name => name.slice(0, -3));

const PAGE = `<!doctype html><html lang="en"><title>Picture</title>
<meta name="viewport" content="width=device-width">
<body style="margin:0"><main id="here"></main><main id="there"></main></body></html>`;

let server: Server;
let address: string;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    const id = /^\/viz\/([a-z0-9_]+)\.js$/.exec(request.url ?? '')?.[1];
    response.setHeader('content-type', id ? 'text/javascript' : 'text/html');
    response.end(id ? readFileSync(`${BUILT}/${id}.js`) : PAGE);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(() => {
  server.close();
});

/** Counts what a picture registers outside its own elements, and what it asks of time. */
async function openPage(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counts = { listeners: 0, frames: 0, timers: 0 };
    Object.assign(window, { counts });
    for (const target of [window, document]) {
      const { addEventListener, removeEventListener } = target;
      target.addEventListener = (...all: [never, never]) => {
        counts.listeners++;
        addEventListener.apply(target, all);
      };
      target.removeEventListener = (...all: [never, never]) => {
        counts.listeners--;
        removeEventListener.apply(target, all);
      };
    }
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = callback => {
      counts.frames++;
      return frame(callback);
    };
    const timer = window.setTimeout.bind(window);
    window.setTimeout = ((callback: () => void, after: number) => {
      counts.timers++;
      return timer(callback, after);
    }) as typeof window.setTimeout;
  });
  await page.goto(address);
}

/** Mount a picture; the handle's functions take it away again. */
async function mount(
  page: Page,
  id: string,
  into = '#here',
  env: object = { theme: 'light', reducedMotion: true },
  viaBlob = false
): Promise<void> {
  await page.evaluate(
    async ([name, where, surroundings, blob]) => {
      let url = `/viz/${name as string}.js`;
      if (blob) {
        const text = await (await fetch(url)).text();
        url = URL.createObjectURL(
          new Blob([text], { type: 'text/javascript' })
        );
      }
      const module = await import(url);
      const values = new Map<string, unknown>([['env', surroundings]]);
      const listeners = new Map<string, Set<() => void>>();
      const model = {
        get: (key: string) => values.get(key),
        set: (key: string, value: unknown) => {
          values.set(key, value);
          listeners.get(`change:${key}`)?.forEach(listener => listener());
        },
        save_changes() {},
        on: (event: string, listener: () => void) =>
          listeners.set(
            event,
            (listeners.get(event) ?? new Set()).add(listener)
          ),
        off: (event: string, listener: () => void) =>
          listeners.get(event)?.delete(listener)
      };
      const el = document.querySelector(where as string) as HTMLElement;
      const abort = new AbortController();
      const cleanup = await module.default.render({
        model,
        el,
        signal: abort.signal
      });
      const watching = () =>
        [...listeners.values()].reduce((sum, set) => sum + set.size, 0);
      Object.assign(window, { picture: { cleanup, abort, watching, model } });
    },
    [id, into, env, viaBlob]
  );
}

const state = (page: Page) =>
  page.evaluate(() => {
    const { counts, picture } = window as unknown as {
      counts: { listeners: number; frames: number; timers: number };
      picture: { watching(): number };
    };
    return { ...counts, watching: picture.watching() };
  });

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
        const play = page.getByRole('button', { name: 'Move both' });
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
      await page.locator('#here input[type="range"]').first().focus();
      await page.keyboard.press('ArrowRight');
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

test.describe('rope_dials', () => {
  test('both move by five: the score stays, and the guess is judged', async ({
    page
  }) => {
    await openPage(page);
    await mount(page, 'rope_dials');
    const score = page.locator('#here .nl-sum strong');
    const before = await score.textContent();
    await page.getByRole('button', { name: 'It changes' }).click();
    await expect(page.locator('#here')).toContainText('Not so: it stays.');
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
    await openPage(page);
    await mount(page, 'rope_dials');
    await page.locator('#here .nl-dial').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.locator('#here .nl-how')).toContainText('Pair 2');
  });
});
