/** How the browser tests put a picture on a plain page: no JupyterLab, no kernel. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expect, type Page, test as base } from '@playwright/test';

export const BUILT = 'nanochat_learn/static/viz';

/** Every picture that was built. */
export const ids = readdirSync(BUILT)
  .filter(name => name.endsWith('.js'))
  .map(name => name.slice(0, -3));

const PAGE = `<!doctype html><html lang="en"><title>Picture</title>
<meta name="viewport" content="width=device-width">
<body style="margin:0"><main id="here"></main><main id="there"></main>
<i id="nowhere" style="position:fixed;right:0;bottom:0;width:2px;height:2px;z-index:9"></i></body></html>`;

/** Serve the built pictures; what comes back stops it. */
async function servePictures(): Promise<{ at: string; stop: () => void }> {
  const server = createServer((request, response) => {
    const id = /^\/viz\/([a-z0-9_]+)\.js$/.exec(request.url ?? '')?.[1];
    response.setHeader('content-type', id ? 'text/javascript' : 'text/html');
    response.setHeader('cache-control', 'max-age=600');
    response.end(id ? readFileSync(`${BUILT}/${id}.js`) : PAGE);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    at: `http://127.0.0.1:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    }
  };
}

/** Counts what a picture registers outside its own elements, and what it asks of time. */
function count(): void {
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
}

export const VIEWPORT = { width: 1280, height: 800 };

interface ISheets {
  /** A page whose clock is put forward (`page.clock.runFor`): no test waits for time. */
  sheet: { page: Page; at: string };
  /** A page with a clock that runs by itself, which axe needs: it waits between its rules. */
  looks: Page;
}

/**
 * Tests on a plain page, loaded anew for each, in one window for each worker: to open a
 * window takes longer than most of what is tested in it.
 */
export const test = base.extend<object, ISheets>({
  sheet: [
    async ({ browser }, use) => {
      const { at, stop } = await servePictures();
      const context = await browser.newContext({ viewport: VIEWPORT });
      const page = await context.newPage();
      await page.clock.install();
      await page.addInitScript(count);
      await use({ page, at });
      await context.close();
      stop();
    },
    { scope: 'worker' }
  ],
  looks: [
    async ({ browser, sheet: { at } }, use) => {
      const context = await browser.newContext({ viewport: VIEWPORT });
      const page = await context.newPage();
      await page.goto(at);
      await use(page);
      await context.close();
    },
    { scope: 'worker' }
  ],
  page: async ({ sheet: { page, at } }, use) => {
    await page.setViewportSize(VIEWPORT);
    await page.goto(at);
    await restMouse(page); // the pointer of the last test rests on nothing
    await use(page);
    page.removeAllListeners('pageerror');
  }
});

/** Put the mouse where no picture is. */
export async function restMouse(page: Page): Promise<void> {
  const { width, height } = page.viewportSize() ?? VIEWPORT;
  await page.mouse.move(width - 1, height - 1);
}

/** Mount a picture, with the inputs `given`; the handle's functions take it away again. */
export async function mount(
  page: Page,
  id: string,
  into = '#here',
  env: object = { theme: 'light', reducedMotion: true },
  viaBlob = false,
  given: object = {}
): Promise<void> {
  await page.evaluate(
    async ([name, where, surroundings, blob, inputs]) => {
      let url = `/viz/${name as string}.js`;
      if (blob) {
        const text = await (await fetch(url)).text();
        url = URL.createObjectURL(
          new Blob([text], { type: 'text/javascript' })
        );
      }
      const module = await import(url);
      const values = new Map<string, unknown>([
        ['env', surroundings],
        ...Object.entries(inputs as object)
      ]);
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
      const { picture: under } = window as { picture?: object };
      Object.assign(window, {
        picture: { cleanup, abort, watching, model, under }
      });
    },
    [id, into, env, viaBlob, given] as const
  );
}

/**
 * Take the picture mounted last away, in one of the two ways a host has; the one mounted
 * before it is then the last. How many watches of the model it left is the answer.
 */
export const unmount = (page: Page, way: 'cleanup' | 'abort' = 'cleanup') =>
  page.evaluate(how => {
    const { picture } = window as unknown as {
      picture: {
        cleanup(): void;
        abort: AbortController;
        watching(): number;
        under?: object;
      };
    };
    if (how === 'abort') {
      picture.abort.abort();
    } else {
      picture.cleanup();
    }
    Object.assign(window, { picture: picture.under });
    return picture.watching();
  }, way);

/** Listeners outside of pictures that stand now, frames and timers asked for so far. */
export const state = (page: Page) =>
  page.evaluate(() => {
    const { counts } = window as unknown as {
      counts: { listeners: number; frames: number; timers: number };
    };
    return { ...counts };
  });

/** Set something on the model of the picture mounted last, as its host would. */
export const tell = (page: Page, key: string, value: unknown) =>
  page.evaluate(
    ([name, given]) => {
      const { picture } = window as unknown as {
        picture: { model: { set(key: string, value: unknown): void } };
      };
      picture.model.set(name as string, given);
    },
    [key, value]
  );

/** What the picture mounted last points at, as its host sees it. */
export const focusOf = (page: Page) =>
  page.evaluate(() => {
    const { picture } = window as unknown as {
      picture: { model: { get(key: string): unknown } };
    };
    return picture.model.get('focus') ?? null;
  });

/** Everything in a mounted picture that a keyboard can reach by itself or by arrows. */
export const REACHABLE =
  '#here :is(button, input, [tabindex]):not([disabled], .nl-question *, table)';

/** What somebody would notice after a key: words, values, what is chosen, where one is. */
export const noticed = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector('#here') as HTMLElement;
    const values = [...root.querySelectorAll('input')].map(
      ({ value, checked }) => [value, checked]
    );
    const sliders = [...root.querySelectorAll('[aria-valuenow]')].map(node =>
      node.getAttribute('aria-valuenow')
    );
    const all = [...root.querySelectorAll('*')];
    const active = all.indexOf(document.activeElement as Element);
    return JSON.stringify([root.textContent, values, sliders, active]);
  });

/** Words on the page that are nobody's: what a slip in the code leaves behind. */
export const slips = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const walk = document.createTreeWalker(
      document.querySelector('#here') as HTMLElement,
      NodeFilter.SHOW_TEXT
    );
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent ?? '';
      const around = walk.currentNode.parentElement;
      const declared = around?.closest('[data-not-a-number], style') != null;
      const slip = /\b(NaN|undefined|null|Infinity)\b|\[object|%\d/.test(text);
      if (slip && !declared) {
        found.push(text);
      }
    }
    return found;
  });

/** Go through all guesses of a picture, as a learner would; `each` follows every click. */
export async function answerAll(
  page: Page,
  each: () => Promise<void>
): Promise<void> {
  const question = page.locator('#here .nl-question');
  if ((await question.count()) === 0) {
    return;
  }
  const seen = new Set<string>();
  for (;;) {
    const text = await question.innerText();
    if (seen.has(text)) {
      return;
    }
    seen.add(text);
    await question.getByRole('button').last().click();
    await expect.poll(() => question.innerText()).not.toBe(text);
    await each();
  }
}
