/** How the browser tests drive JupyterLab: open it, run a command, look at a page. */
import { expect, type Page, test as base } from '@playwright/test';

import { BASE, TOKEN } from './address';

declare global {
  interface Window {
    jupyterapp: {
      restored: Promise<unknown>;
      commands: {
        execute(id: string, args?: object): Promise<unknown>;
      };
      shell: {
        currentWidget: {
          content: {
            editor?: {
              getCursorPosition(): { line: number };
              getLine(line: number): string;
            };
          };
        } | null;
      };
    };
  }
}

const VIEWPORT = { width: 1280, height: 800 };

/**
 * Tests of the lab take turns in one tab, which forgets everything in between: JupyterLab's
 * scripts are then fetched and compiled once, and no window is opened for each test.
 */
export const test = base.extend<object, { tab: Page }>({
  tab: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ viewport: VIEWPORT });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' }
  ],
  context: async ({ tab }, use) => {
    await use(tab.context());
    await forget(tab);
  },
  page: async ({ tab, context: _ }, use) => use(tab)
});

/** As a browser that was never here; only its cache stays. */
async function forget(tab: Page): Promise<void> {
  const context = tab.context();
  for (const page of context.pages().filter(page => page !== tab)) {
    await page.close();
  }
  for (const event of LISTENED) {
    tab.removeAllListeners(event);
  }
  await context.unrouteAll({ behavior: 'ignoreErrors' });
  await tab.unrouteAll({ behavior: 'ignoreErrors' });
  await tab.evaluate(() => sessionStorage.clear()).catch(() => undefined); // an empty page has none
  await tab.goto('about:blank');
  const browser = await context.newCDPSession(tab);
  await browser.send('Storage.clearDataForOrigin', {
    origin: new URL(BASE).origin,
    storageTypes: 'all'
  });
  await browser.detach();
  await context.clearCookies();
  await tab.emulateMedia({ reducedMotion: null });
  await tab.setViewportSize(VIEWPORT);
  await tab.mouse.move(0, 0);
}

const LISTENED = ['console', 'dialog', 'pageerror', 'request', 'response'];

/** Open JupyterLab in a clean state; the token is swapped for a cookie by the server. */
export async function openLab(page: Page, path = 'lab'): Promise<void> {
  await page.goto(`${BASE}${path}?token=${TOKEN}&reset`);
  await expect(page.locator('#jp-main-dock-panel')).toBeVisible({
    timeout: 60_000
  });
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await page.evaluate(async () => {
    await window.jupyterapp.restored;
  });
  if (!path.includes('/tree/')) {
    // JupyterLab opens its launcher last and gives it the focus.
    await expect(page.locator('.jp-Launcher').first()).toBeVisible();
  }
}

/** Run a command as the palette does, without the palette's focus games. */
export function execute(
  page: Page,
  id: string,
  args: object = {}
): Promise<unknown> {
  return page.evaluate(
    async ([command, options]) => {
      await window.jupyterapp.commands.execute(
        command as string,
        options as object
      );
    },
    [id, args]
  );
}

function setTheme(
  page: Page,
  theme: 'JupyterLab Light' | 'JupyterLab Dark'
): Promise<unknown> {
  return execute(page, 'apputils:change-theme', { theme });
}

/** See the page as it stands, dark and then light. */
export async function inBothThemes(
  page: Page,
  see: (name: 'dark' | 'light') => Promise<void>
): Promise<void> {
  for (const theme of ['Dark', 'Light'] as const) {
    await setTheme(page, `JupyterLab ${theme}`);
    await expect(page.locator('#jupyterlab-splash')).toHaveCount(0);
    await see(theme === 'Dark' ? 'dark' : 'light');
  }
}

/** The text of the line with the cursor, in the file editor in front. */
export function cursorLine(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const editor =
      window.jupyterapp.shell.currentWidget?.content.editor ?? undefined;
    return editor?.getLine(editor.getCursorPosition().line);
  });
}
