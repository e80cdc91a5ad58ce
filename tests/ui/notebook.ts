/** A notebook made for a test, opened with a fresh kernel and run. */
import { expect, type Locator, type Page } from '@playwright/test';

import { execute } from './lab';

/** Save `cells` (sources by cell id) as `path`, open it, run all; the notebook in front. Unless it `isAwaited`, the run goes on behind the test. */
export async function runNotebook(
  page: Page,
  path: string,
  cells: Readonly<Record<string, string>>,
  isAwaited = true
): Promise<Locator> {
  await page.evaluate(
    async ([file, content]) => {
      const { serviceManager } = window.jupyterapp as unknown as {
        serviceManager: {
          contents: { save(path: string, options: object): Promise<unknown> };
        };
      };
      await serviceManager.contents.save(file, {
        type: 'notebook',
        format: 'json',
        content
      });
    },
    [
      path,
      {
        cells: Object.entries(cells).map(([id, source]) => ({
          cell_type: 'code',
          id,
          source,
          metadata: {},
          outputs: [],
          execution_count: null
        })),
        metadata: {
          kernelspec: {
            name: 'python3',
            display_name: 'Python 3',
            language: 'python'
          },
          language_info: { name: 'python' }
        },
        nbformat: 4,
        nbformat_minor: 5
      }
    ] as const
  );
  await execute(page, 'docmanager:open', {
    path,
    kernel: { name: 'python3' }
  });
  const notebook = page.locator('.jp-NotebookPanel:visible .jp-Notebook');
  await expect(notebook.locator('.jp-CodeCell')).toHaveCount(
    Object.keys(cells).length
  );
  // Cells that are run while the kernel starts are left out.
  await expect(page.locator('#jp-main-statusbar')).toContainText(/\| Idle/, {
    timeout: 60_000
  });
  const run = execute(page, 'notebook:run-all-cells');
  if (isAwaited) {
    await run;
  } else {
    run.catch(() => undefined); // the page may be gone before the cells have run
  }
  return notebook;
}
