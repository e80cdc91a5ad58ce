/** Ways to the tutor: what can be asked about, and the dialogs that say whom, with which key. */
import { readFileSync } from 'node:fs';

import { expect, type Locator, type Page } from '@playwright/test';

import { BASE } from './address';
import { axe } from './axe';
import { execute, inBothThemes, test } from './lab';
import { look } from './look';
import {
  answer,
  ask,
  FakeModel,
  follow,
  openTutor,
  TUTOR,
  withoutModel
} from './tutor_page';

/** A key that no text anywhere holds by chance. */
const PLANTED = 'sk-planted-6f1b2c9d4e';
const code = readFileSync('nanochat/gpt.py', 'utf8').split('\n');
const tagged = code.findIndex(line => /# @learn:[\w.]+/.test(line)) + 1;

let fake: FakeModel;
test.beforeAll(async () => {
  fake = await FakeModel.start();
});
test.afterAll(() => fake.stop());

const about = (page: Page): Locator =>
  page.locator(
    `${TUTOR} .jp-NanochatLearn-contextChip[title="Take this away"]`
  );
const dialog = (page: Page): Locator => page.locator('.jp-Dialog');

/** The panel came to the front with this to ask about; away with it for the next try. */
async function asksAbout(page: Page, what: string | RegExp): Promise<void> {
  await expect(about(page)).toContainText(what);
  await about(page).click();
  await expect(about(page)).toHaveCount(0);
}

async function menuItem(page: Page, name: string): Promise<void> {
  await page.locator('.lm-Menu').getByText(name, { exact: true }).click();
}

/** A notebook with a cell that failed, written by hand: no kernel has to run it. */
async function openFailed(page: Page): Promise<Locator> {
  const notebook = {
    metadata: {
      kernelspec: {
        name: 'python3',
        display_name: 'Python 3',
        language: 'python'
      }
    },
    nbformat: 4,
    nbformat_minor: 5,
    cells: [
      {
        cell_type: 'code',
        id: 'failed',
        metadata: {},
        execution_count: 1,
        source: 'steps = 1 / 0',
        outputs: [
          {
            output_type: 'error',
            ename: 'ZeroDivisionError',
            evalue: 'division by zero',
            traceback: [
              '\u001b[31mZeroDivisionError\u001b[39m Traceback',
              '\u001b[31mZeroDivisionError\u001b[39m: division by zero'
            ]
          }
        ]
      }
    ]
  };
  const status = await page.evaluate(
    async ([url, content]) => {
      const xsrf = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answered = await fetch(url as string, {
        method: 'PUT',
        body: JSON.stringify({ type: 'notebook', format: 'json', content }),
        headers: { 'X-XSRFToken': xsrf, 'Content-Type': 'application/json' }
      });
      return answered.status;
    },
    [`${BASE}api/contents/asks.ipynb`, notebook] as const
  );
  expect([200, 201]).toContain(status);
  await execute(page, 'docmanager:open', { path: 'asks.ipynb' });
  const cell = page.locator('.jp-Notebook:visible .jp-CodeCell');
  await expect(cell).toBeVisible();
  return cell;
}

test('lines, tags and their tooltips ask', async ({ page }) => {
  await openTutor(page, withoutModel);
  await execute(page, 'nanochat-learn:open-code', {
    filePath: 'nanochat/gpt.py',
    line: tagged
  });
  const editor = page.locator('.jp-FileEditor:visible .cm-content');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Alt+Shift+A');
  const { named } = /# @learn:(?<named>[\w.]+)/.exec(code[tagged - 1] ?? '')
    ?.groups as { named: string };
  await expect(about(page)).not.toContainText(named); // its title, not its id
  await asksAbout(page, /^about /);

  await execute(page, 'nanochat-learn:explain-tag');
  await page
    .locator('.jp-NanochatLearn-tooltip')
    .getByRole('button', { name: 'Ask about this' })
    .click();
  await asksAbout(page, /^about /);

  const below = code.findIndex(
    (line, at) => at >= tagged && /^def /.test(line)
  );
  await execute(page, 'nanochat-learn:open-code', {
    filePath: 'nanochat/gpt.py',
    line: below + 1
  });
  await expect(editor).toBeFocused();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page
    .locator('.jp-FileEditor:visible .cm-line', { hasText: /# @/ })
    .first()
    .click({ button: 'right', position: { x: 60, y: 6 } });
  await look(page, 'asks-1-editor-menu');
  await menuItem(page, 'Ask about This Code');
  await asksAbout(page, /^2 lines of \w+/);
});

test('nodes of map and list, concepts, a cell and its error ask', async ({
  page
}) => {
  await openTutor(page, withoutModel);
  await execute(page, 'nanochat-learn:focus-in-graph', {
    id: 'nanochat/gpt.py:apply_rotary_emb'
  });
  const graph = page.locator('#nanochat-learn-graph');
  await graph
    .locator('.jp-NanochatLearn-selected')
    .getByRole('button', { name: 'Ask about this' })
    .click();
  await asksAbout(page, 'apply_rotary_emb');

  await graph
    .locator('.jp-NanochatLearn-mapHost')
    .click({ button: 'right', position: { x: 20, y: 8 } });
  await menuItem(page, 'Ask about the Selected Node');
  await asksAbout(page, 'apply_rotary_emb');

  await graph.getByRole('button', { name: 'List', exact: true }).click();
  const row = graph.locator('[role="treeitem"]').filter({
    hasText: 'apply_rotary_emb'
  });
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await menuItem(page, 'Ask about the Selected Node');
  await asksAbout(page, 'apply_rotary_emb');

  await execute(page, 'nanochat-learn:open-concept', { id: 'attention.rope' });
  const concept = page.locator('#nanochat-learn-concept');
  await concept.getByRole('button', { name: 'Ask about this concept' }).click();
  await expect(page.locator(TUTOR)).toBeVisible();
  await look(page, 'asks-2-concept');
  await asksAbout(page, /^about /);

  const cell = await openFailed(page);
  const button = cell.getByRole('button', { name: 'Ask about this error' });
  await expect(button).toBeVisible();
  await look(page, 'asks-3-error');
  await axe(page, '.jp-NanochatLearn-error');
  await button.press('Enter');
  await asksAbout(page, 'ZeroDivisionError: division by zero');

  await cell.locator('.jp-InputPrompt').click();
  await cell
    .locator('.jp-cell-toolbar [data-command="nanochat-learn:ask-cell"]')
    .click();
  await asksAbout(page, 'ZeroDivisionError');

  await cell.locator('.jp-InputPrompt').click({ button: 'right' });
  await menuItem(page, 'Ask about This Cell');
  await asksAbout(page, 'ZeroDivisionError');
});

test('a provider wants a key: it is pasted, kept, and found nowhere in the page', async ({
  page
}) => {
  const seen: string[] = [];
  const sent: string[] = [];
  page.on('console', message => seen.push(message.text()));
  page.on('request', request => {
    seen.push(request.url());
    if ((request.postData() ?? '').includes(PLANTED)) {
      sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
    }
  });
  page.on('response', response => {
    void response
      .text()
      .then(text => seen.push(text))
      .catch(() => undefined); // a body the browser did not keep
  });
  const panel = await openTutor(page, p => follow(p, fake, 'needs-key'));
  await ask(panel, 'What is rotary position embedding?');
  await panel.getByRole('button', { name: 'Key…' }).click();
  await expect(dialog(page)).toContainText('needs no key');
  await dialog(page).getByText('It wants a key after all').press('Enter');
  const field = dialog(page).getByLabel(/^Key for/);
  await expect(field).toHaveAttribute('type', 'password');
  expect(await field.evaluate(node => node.closest('form'))).toBeNull();
  await field.fill('two words');
  await field.press('Enter');
  await expect(dialog(page).getByRole('alert')).toContainText(
    'does not look like a key'
  );
  await field.fill(PLANTED);
  await field.press('Enter');
  await expect(dialog(page)).toContainText(
    'in one file that only you can read'
  );
  await expect(dialog(page).getByLabel(/^Key for/)).toHaveValue('');
  await look(page, 'asks-4-key-kept');
  await axe(page, '.jp-Dialog-content');
  await page.keyboard.press('Escape');
  await panel.getByRole('button', { name: 'Try again' }).first().click();
  await expect(
    answer(panel).locator('.jp-NanochatLearn-cite').first()
  ).toBeVisible();

  const page_holds = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const rows = await Promise.all(
      databases.flatMap(({ name }) =>
        name === undefined
          ? []
          : new Promise<unknown[]>((resolve, reject) => {
              const opening = indexedDB.open(name);
              opening.onerror = () => reject(new Error(name));
              opening.onsuccess = () => {
                const { result } = opening;
                void Promise.all(
                  [...result.objectStoreNames].map(
                    store =>
                      new Promise(done => {
                        const all = result
                          .transaction(store)
                          .objectStore(store)
                          .getAll();
                        all.onsuccess = () => done(all.result);
                        all.onerror = () => done([]);
                      })
                  )
                ).then(resolve);
              };
            })
      )
    );
    return JSON.stringify([
      document.documentElement.outerHTML,
      [...document.querySelectorAll('input, textarea')].map(
        node => (node as HTMLInputElement).value
      ),
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
      location.href,
      rows
    ]);
  });
  const held = page_holds.includes(PLANTED);
  expect(held, 'the key is in the page').toBe(false);
  const leaked = seen.filter(text => text.includes(PLANTED));
  expect(leaked, 'the key came back').toEqual([]);
  expect(sent, 'one request carries it').toEqual([
    'POST /user/x/nanochat-learn/api/key'
  ]);

  // and away with it, by keyboard
  void execute(page, 'nanochat-learn:tutor-key');
  await dialog(page)
    .getByRole('button', { name: 'Delete the key' })
    .press('Enter');
  await expect(dialog(page)).toContainText('needs no key');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await ask(panel, 'And now?');
  await expect(panel.getByRole('button', { name: 'Key…' })).toBeVisible();
});

test('sign-in opens a page of its own, and the panel notices when it is done', async ({
  page,
  context
}) => {
  await context.route('https://openrouter.ai/**', route =>
    route.fulfill({ body: '<title>OpenRouter</title>' })
  );
  await openTutor(page, withoutModel);
  void execute(page, 'nanochat-learn:tutor-key');
  const opening = context.waitForEvent('page');
  await dialog(page).getByRole('button', { name: 'Sign in…' }).click();
  const opened = await opening;
  await opened.waitForURL(/openrouter/);
  const url = new URL(opened.url());
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  const back = url.searchParams.get('callback_url') ?? '';
  expect(back).toContain(`${BASE}nanochat-learn/api/signin/callback/`);
  await expect(dialog(page)).toContainText('Waiting for you to agree');
  await look(page, 'asks-5-sign-in');
  // OpenRouter is out of reach here: the server gets its key another way meanwhile
  await page.evaluate(
    async ([address, key]) => {
      const xsrf = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      await fetch(address, {
        method: 'POST',
        body: JSON.stringify({ key }),
        headers: { 'X-XSRFToken': xsrf, 'Content-Type': 'application/json' }
      });
    },
    [`${BASE}nanochat-learn/api/key`, 'sk-or-signed-in'] as const
  );
  await expect(dialog(page)).toContainText(
    'in one file that only you can read'
  );
  await dialog(page).getByRole('button', { name: 'Delete the key' }).click();
  await expect(dialog(page)).toContainText('There is no key');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});

test('provider, models and their order by keyboard', async ({ page }) => {
  await openTutor(page, withoutModel);
  void execute(page, 'nanochat-learn:tutor-model');
  const form = dialog(page);
  await expect(form).toContainText('openrouter.ai');
  const address = form.getByLabel('Address of the provider');
  await expect(address).toBeFocused();
  await address.fill('not an address');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert').first()).toContainText('base URL');
  await address.fill(fake.baseUrl);
  await page.keyboard.press('Enter');
  await expect(form).toContainText('Fetched now');
  const order = form.locator('.jp-NanochatLearn-order li');
  await expect(order).toHaveText([/cites/]); // ours, where nothing is chosen

  await form.getByRole('combobox').fill('fake slow');
  await expect(form.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(order).toHaveText([/slow/, /cites/]);
  await form.getByRole('combobox').fill('free tools');
  await page.keyboard.press('ArrowDown');
  await form.getByRole('button', { name: 'Ask it next' }).press('Enter');
  await expect(order).toHaveText([/slow/, /cites/, /tools/]);
  await form
    .getByRole('button', { name: /^Ask .*tools.* sooner$/ })
    .press('Enter');
  await form.getByRole('button', { name: /^Do not ask .*slow/ }).press('Enter');
  await expect(order).toHaveText([/tools/, /cites/]);
  await inBothThemes(page, async theme => {
    await axe(page, '.jp-Dialog-content');
    await look(page, `asks-6-models-${theme}`);
  });
  await page.setViewportSize({ width: 250, height: 600 });
  const sizes = await form
    .locator('.jp-Dialog-content')
    .evaluate(node => [node.scrollWidth, node.clientWidth]);
  expect(sizes[0]).toBeLessThanOrEqual(sizes[1] ?? 0);
  await look(page, 'asks-7-models-250');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.keyboard.press('Escape');
  await expect(form).toHaveCount(0);
  await expect(page.locator(`${TUTOR} .jp-mod-model`)).toContainText('tools');
});

test('what is sent, before and after', async ({ page }) => {
  const panel = await openTutor(page, p => follow(p, fake, 'cites'));
  await panel.getByRole('textbox').fill('What does RoPE turn?');
  await panel.getByRole('button', { name: 'What is sent?' }).click();
  await expect(dialog(page)).toContainText('about');
  await expect(dialog(page).locator('pre').nth(-2)).toContainText(
    'What does RoPE turn?'
  );
  await inBothThemes(page, async theme => {
    await axe(page, '.jp-Dialog-content');
    await look(page, `asks-8-would-be-sent-${theme}`);
  });
  await page.keyboard.press('Escape');
  await ask(panel, 'What does RoPE turn?');
  await panel
    .getByRole('button', { name: 'What was sent', exact: true })
    .click();
  const parts = dialog(page).locator('pre');
  await expect(parts.first()).toBeVisible();
  const shown = await parts.allTextContents();
  const asked = (await fake.asked()).at(-1)?.body.messages ?? [];
  expect(shown.slice(0, asked.length)).toEqual(
    asked.map(({ content }) => content)
  );
  await look(page, 'asks-9-was-sent');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
});
