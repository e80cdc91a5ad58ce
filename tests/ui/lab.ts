/** How the browser tests drive JupyterLab: open it, run a command, look at a page. */
import { expect, type Page } from '@playwright/test';

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
  if (path === 'lab') {
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

export function setTheme(
  page: Page,
  theme: 'JupyterLab Light' | 'JupyterLab Dark'
): Promise<unknown> {
  return execute(page, 'apputils:change-theme', { theme });
}

/** Screenshots are for people to look at; they are kept out of the repository. */
export async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `tests/ui/shots/${name}.png` });
}

/** The text of the line with the cursor, in the file editor in front. */
export function cursorLine(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const editor =
      window.jupyterapp.shell.currentWidget?.content.editor ?? undefined;
    return editor?.getLine(editor.getCursorPosition().line);
  });
}
