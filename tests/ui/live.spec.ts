/**
 * Saving is enough: graph, gutter, concept panel and gaps follow, in every open tab.
 * Every test leaves the workspace as it found it.
 */
import { expect, type Locator, type Page } from '@playwright/test';

import { BASE, TOKEN } from './address';
import { execute, openLab, test } from './lab';
import { look } from './look';

const GPT = 'nanochat/gpt.py';
const GRAPH = '#nanochat-learn-graph';
const CONCEPT = '#nanochat-learn-concept';
const GAPS = '#nanochat-learn-gaps';
const HEADERS = { Authorization: `token ${TOKEN}` };

let original = '';

test.beforeAll(async ({ request }) => {
  original = await read(request);
});

test.afterEach(async ({ request }) => {
  await write(request, original);
});

type Request = Page['request'];

async function read(request: Request): Promise<string> {
  const address = `${BASE}api/contents/${GPT}?type=file&format=text`;
  const answer = await request.get(address, { headers: HEADERS });
  return ((await answer.json()) as { content: string }).content;
}

/** Through Jupyter's contents service, as any editor in a browser does. */
async function write(request: Request, content: string): Promise<void> {
  const answer = await request.put(`${BASE}api/contents/${GPT}`, {
    headers: HEADERS,
    data: { type: 'file', format: 'text', content }
  });
  expect(answer.ok()).toBe(true);
}

/** gpt.py in the editor, with these lines in front of it and not saved yet. */
async function edit(page: Page, lines: string): Promise<void> {
  await execute(page, 'docmanager:open', { path: GPT });
  const editor = page.locator('.jp-FileEditor:visible .cm-content');
  await editor.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(lines);
}

const save = (page: Page): Promise<unknown> => execute(page, 'docmanager:save');

function found(page: Page, text: string): Locator {
  return page
    .locator(`${GRAPH} [role="option"]`)
    .filter({ hasText: text })
    .first();
}

/** Searched again and again: the box may lose the focus while the lab is starting. */
async function expectFound(page: Page, text: string): Promise<void> {
  const search = page.locator(`${GRAPH} input[type="search"]`);
  await expect(async () => {
    await search.fill('');
    await search.fill(text);
    await expect(found(page, text)).toBeVisible({ timeout: 300 });
  }).toPass({ intervals: [20], timeout: 20_000 });
}

async function expectNotFound(page: Page, text: string): Promise<void> {
  await page.locator(`${GRAPH} input[type="search"]`).fill(text);
  await expect(
    page.getByText(`Nothing here is called “${text}”`)
  ).toBeVisible();
  await expect(found(page, text)).toHaveCount(0);
}

/** The workspace is indexed and the graph panel shows it. */
async function openGraph(page: Page, path?: string): Promise<void> {
  await openLab(page, path);
  await execute(page, 'nanochat-learn:index-workspace');
  await execute(page, 'nanochat-learn:show-graph');
  await expect(page.locator(`${GRAPH} canvas`).first()).toBeVisible();
}

test('a saved function is found, a saved tag is marked and anchored', async ({
  page
}) => {
  await openGraph(page);
  await execute(page, 'nanochat-learn:open-concept', { id: 'attention.rope' });
  const anchors = page.locator(`${CONCEPT} .jp-NanochatLearn-anchor`);
  await expect(anchors.first()).toBeVisible();
  await edit(
    page,
    '# @learn:attention.rope\ndef spin_me_round(x):\n    return x\n\n\n'
  );
  await expect(
    page.locator(
      '.jp-FileEditor:visible .jp-NanochatLearn-marker[data-tags*="attention.rope"]:visible'
    )
  ).not.toHaveCount(0);
  await expectNotFound(page, 'spin_me_round');

  const begin = Date.now();
  await save(page);
  await expect(found(page, 'spin_me_round')).toBeVisible();
  const graph = Date.now() - begin;
  await expect(anchors.filter({ hasText: 'spin_me_round' })).toBeVisible();
  const concept = Date.now() - begin;
  console.log(`save → graph ${graph} ms, → concept panel ${concept} ms`);
  await look(page, 'live-1-saved');
});

test('a broken save is told in the gap panel, and the next one mends it', async ({
  page
}) => {
  await openGraph(page);
  await execute(page, 'nanochat-learn:show-gaps');
  // other tests leave odd folders in this workspace: only this one's gap is looked at
  const wrong = page
    .locator(`${GAPS} .jp-mod-gap`, { has: page.locator('.jp-mod-error') })
    .filter({ hasText: '@lern:attention.rope' });
  await expect(page.locator(`${GAPS} .jp-mod-gap`).first()).toBeVisible();
  await expect(wrong).toHaveCount(0);

  await edit(page, '# @lern:attention.rope\n');
  const row = page.locator(`${GAPS} .jp-mod-gap`, { hasText: GPT }).first();
  await row.focus();
  const sentence = await row.locator('.jp-NanochatLearn-gapWhat').innerText();
  const begin = Date.now();
  await save(page);
  await expect(wrong).toHaveCount(1);
  console.log(`save → gap panel ${Date.now() - begin} ms`);
  const here = page.locator(`${GAPS} [role="row"]:focus`);
  await expect(here.locator('.jp-NanochatLearn-gapWhat')).toHaveText(sentence);
  await look(page, 'live-2-wrong');
  await wrong.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Delete');
  await save(page);
  await expect(wrong).toHaveCount(0);
});

test('what another program writes is seen when the window gets the focus', async ({
  page
}) => {
  await openGraph(page);
  // A kernel's process writes the file: Jupyter's contents service knows nothing of it.
  await page.evaluate(async () => {
    const app = window.jupyterapp as unknown as {
      serviceManager: {
        sessions: {
          startNew(options: object): Promise<{
            kernel: {
              requestExecute(content: object): { done: Promise<unknown> };
            };
            shutdown(): Promise<void>;
          }>;
        };
      };
    };
    const session = await app.serviceManager.sessions.startNew({
      path: 'elsewhere',
      type: 'console',
      name: 'elsewhere',
      kernel: { name: 'python3' }
    });
    await session.kernel.requestExecute({
      code: 'from pathlib import Path; f = Path("nanochat/gpt.py"); f.write_text(f.read_text() + "\\n\\ndef written_elsewhere(): ...\\n")'
    }).done;
    await session.shutdown();
  });
  await expectNotFound(page, 'written_elsewhere');
  const begin = Date.now();
  await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
  await expectFound(page, 'written_elsewhere');
  console.log(`focus → graph ${Date.now() - begin} ms`);
});

/** A browser grants six connections to a server: seven tabs that hold one each would starve. */
test('seven tabs stay alive and all of them follow', async ({
  context,
  request
}) => {
  test.setTimeout(300_000);
  const pages: Page[] = [];
  const sockets: Set<string>[] = [];
  for (let n = 0; n < 7; n++) {
    const page = await context.newPage();
    const open = new Set<string>();
    page.on('websocket', socket => {
      const name = new URL(socket.url()).pathname;
      expect(open.has(name), `a second ${name}`).toBe(false);
      open.add(name);
      socket.on('close', () => open.delete(name));
    });
    pages.push(page);
    sockets.push(open);
    // Each in a workspace of its own: otherwise JupyterLab loads it twice to give it one.
    await openGraph(page, `lab/workspaces/tab${String(n)}`);
    await expectNotFound(page, 'seven_tabs_know_me');
  }
  const begin = Date.now();
  await write(request, `${original}\n\ndef seven_tabs_know_me(): ...\n`);
  for (const page of pages) {
    await page.bringToFront();
    await expectFound(page, 'seven_tabs_know_me');
  }
  console.log(`save → seven tabs ${Date.now() - begin} ms`);
  sockets.forEach(open =>
    expect([...open]).toEqual(['/user/x/api/events/subscribe'])
  );
});
