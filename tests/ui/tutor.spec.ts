/** The tutor panel against the real server, which asks a scripted model. */
import { expect, type Locator } from '@playwright/test';

import { BASE } from './address';
import { axe } from './axe';
import { cursorLine, execute, inBothThemes, test } from './lab';
import { look } from './look';
import {
  answer,
  ask,
  box,
  FakeModel,
  follow,
  openTutor,
  reload,
  TUTOR,
  widen,
  withoutModel
} from './tutor_page';

let fake: FakeModel;
const foreign: string[] = [];
const errors: string[] = [];

test.beforeAll(async () => {
  fake = await FakeModel.start();
});

test.afterAll(() => fake.stop());

test.beforeEach(({ page }) => {
  foreign.length = errors.length = 0;
  page.on('request', request => {
    if (/^(?:https?|wss?):/.test(request.url())) {
      const { host } = new URL(request.url());
      if (host !== new URL(BASE).host) {
        foreign.push(request.url());
      }
    }
  });
  page.on('pageerror', error => errors.push(error.message));
});

test.afterEach(() => {
  expect(foreign, 'requests to other hosts').toEqual([]);
  expect(errors, 'errors in the page').toEqual([]);
});

function reply(panel: Locator, name: string | RegExp): Locator {
  return panel.getByRole('button', { name, exact: typeof name === 'string' });
}

test('without a key: it explains itself and answers from notes and code', async ({
  page
}) => {
  const panel = await openTutor(page, withoutModel);
  await expect(
    panel.getByRole('heading', { name: 'Ask the code' })
  ).toBeVisible();
  await expect(panel).toContainText('Nothing leaves this machine.');
  await axe(page, TUTOR);
  await look(page, 'tutor-1-welcome');
  const samples = panel.locator('.jp-NanochatLearn-sample');
  await expect(samples).toHaveCount(3);
  await samples.first().press('Enter');
  await expect(panel).toContainText(
    'From notes and code, without a language model'
  );
  await expect(answer(panel)).not.toBeEmpty();
  await expect(
    answer(panel).locator('.jp-NanochatLearn-cite').first()
  ).toBeVisible();
  await axe(page, TUTOR);
  await look(page, 'tutor-2-extractive');
  expect(await fake.asked()).toEqual([]);

  await ask(panel, 'Where is the chess engine with alpha-beta pruning?');
  await expect(panel.locator('.jp-mod-absent')).toHaveText('Not in this code');
  await look(page, 'tutor-2-absent');
});

test('an answer grows, its citations open the code and light the map', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'cites'));
  await execute(page, 'nanochat-learn:show-graph');
  await execute(page, 'nanochat-learn:show-tutor');
  await ask(panel, 'Who calls apply_rotary_emb?');
  const lengths: number[] = [];
  const body = answer(panel);
  await expect(async () => {
    lengths.push((await body.innerText()).length);
    expect(await body.getAttribute('aria-busy')).toBe('false');
  }).toPass({ intervals: [100] });
  expect(new Set(lengths).size, `lengths: ${String(lengths)}`).toBeGreaterThan(
    3
  );
  await axe(page, TUTOR);
  await look(page, 'tutor-3-answer');

  // the map lights what the answer stands on, and says why
  await expect(page.locator('#nanochat-learn-graph')).toContainText(
    /\d+ nodes? highlighted/
  );
  const stands = panel.locator('.jp-NanochatLearn-standsOn li button');
  await expect(stands.first()).toBeVisible();

  // by keyboard: a citation of code opens the editor where it stands
  const code = panel.locator(
    ':is([data-kind="function"], [data-kind="class"], [data-kind="file"])'
  );
  const title = await code.first().getAttribute('title');
  await code.first().focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.jp-FileEditor:visible')).toBeVisible();
  expect(title).toMatch(/ in nanochat\/\w+\.py/);
  await expect.poll(() => cursorLine(page)).toMatch(/class |def |"""|^@/);

  await ask(panel, 'What is rope?');
  const concept = answer(panel).locator('[data-kind="concept"]').first();
  await expect(concept).toBeVisible();
  await concept.click();
  await expect(page.locator('#nanochat-learn-concept header h2')).toBeVisible();
});

test('stop stops the model, too; a reload keeps what came', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'slow'));
  await ask(panel, 'How is attention computed?');
  await expect(answer(panel)).toContainText('word 5');
  await reply(panel, 'Stop').click();
  await expect(panel).toContainText('You stopped this answer.');
  const kept = await answer(panel).innerText();
  await page.waitForTimeout(500);
  expect(await answer(panel).innerText()).toBe(kept);
  await expect
    .poll(async () => (await fake.asked()).at(-1)?.closed_early)
    .toBe(true);
  await axe(page, TUTOR);

  await reload(page);
  await expect(answer(panel)).toContainText('word 5');
  await expect(panel).toContainText('How is attention computed?');

  // a reload in the middle of an answer loses neither question nor answer
  await ask(panel, 'And the cache?');
  await expect(answer(panel)).toContainText('word 3');
  await reload(page);
  await expect(panel).toContainText('And the cache?');
  await follow(page, fake, 'stream');
  await reply(panel, 'Ask again').last().click();
  await expect(answer(panel)).toContainText('nothing is done twice');
  await expect(panel.locator('.jp-NanochatLearn-question')).toHaveCount(2);
});

test('a failure is a sentence with a retry; a broken answer is kept', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, '500'));
  await ask(panel, 'What is rope?');
  const trouble = panel.locator('.jp-NanochatLearn-trouble');
  await expect(trouble).toBeVisible();
  await expect(answer(panel)).toHaveAttribute('aria-busy', 'false');
  await axe(page, TUTOR);
  await look(page, 'tutor-4-failed');
  await follow(page, fake, 'cut');
  await reply(panel, 'Try again').click();
  await expect(answer(panel)).toContainText('breaks off in the middle');
  await expect(panel).toContainText('This answer broke off');
  await look(page, 'tutor-5-broken');
  await follow(page, fake, 'stream');
  await reply(panel, 'Try again').click();
  await expect(answer(panel)).toContainText('nothing is done twice');
  await expect(trouble).toHaveCount(0);
  await expect(panel.locator('.jp-NanochatLearn-question')).toHaveText([
    'What is rope?'
  ]);

  // no server at all: the question stays in view, and in the box after a reload
  const route = /nanochat-learn\/api\/ask\b/;
  await page.route(route, r => r.abort());
  await ask(panel, 'Is anybody there?');
  await expect(trouble).toContainText('The Jupyter server does not answer.');
  await page.unroute(route);
  await reload(page);
  await expect(box(panel)).toHaveValue('Is anybody there?');
});

test('a question is edited; made-up places are struck and counted', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'stream'));
  await ask(panel, 'What is ropw?');
  await expect(answer(panel)).toContainText('nothing is done twice');
  await expect(answer(panel)).toHaveAttribute('aria-busy', 'false');
  await follow(page, fake, 'made-up');
  await reply(panel, 'Edit').press('Enter');
  await expect(box(panel)).toBeFocused();
  await expect(box(panel)).toHaveValue('What is ropw?');
  await box(panel).fill('What is rope?');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('do not exist in this code');
  await expect(panel.locator('.jp-NanochatLearn-question')).toHaveText([
    'What is rope?'
  ]);
  await expect(answer(panel)).not.toContainText('no.such_concept');
  await axe(page, TUTOR);
  await look(page, 'tutor-6-struck');
});

test('conversations: a new one, back, rename, export, delete', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'stream'));
  await ask(panel, 'The first of two?');
  await expect(answer(panel)).toContainText('nothing is done twice');
  await reply(panel, 'Begin a new conversation').click();
  await expect(
    panel.getByRole('heading', { name: 'Ask the code' })
  ).toBeVisible();
  await ask(panel, 'The second of two?');
  await expect(answer(panel)).toContainText('nothing is done twice');

  const title = panel.locator('.jp-NanochatLearn-talkTitle');
  await title.click();
  const list = panel.getByRole('list', { name: 'Conversations' });
  const first = list.getByRole('listitem').filter({ hasText: 'The first' });
  await expect(first).toBeVisible();
  await axe(page, TUTOR);
  await look(page, 'tutor-7-conversations');
  await first.getByRole('button', { name: /^Rename/ }).click();
  await page.keyboard.type('Renamed by me');
  await page.keyboard.press('Enter');
  const renamed = list.getByRole('listitem').filter({ hasText: 'Renamed' });
  await expect(renamed).toBeVisible();
  const saving = page.waitForEvent('download');
  await renamed.getByRole('button', { name: /^Export/ }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.md$/);
  await renamed.locator('.jp-NanochatLearn-talk').click();
  await expect(panel).toContainText('The first of two?');
  await expect(title).toContainText('Renamed by me');

  await title.click();
  await renamed.getByRole('button', { name: /^Delete/ }).click();
  await page
    .locator('.jp-Dialog')
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(renamed).toHaveCount(0);
  await expect(
    panel.getByRole('heading', { name: 'Ask the code' })
  ).toBeVisible();
});

test('what goes along: switches above the box, kept in the settings', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'stream'));
  await execute(page, 'docmanager:open', {
    path: 'lessons/00_start_here.ipynb'
  });
  await expect(page.locator('.jp-Notebook:visible')).toBeVisible();
  const document = panel.getByRole('button', { name: '00_start_here.ipynb' });
  const cell = panel.getByRole('button', { name: 'active cell' });
  await expect(document).toHaveAttribute('aria-pressed', 'true');
  // what the learner writes goes nowhere before they say so
  await expect(cell).toHaveAttribute('aria-pressed', 'false');
  const source = await page.evaluate(() => {
    const { content } = window.jupyterapp.shell.currentWidget ?? {};
    const notebook = content as unknown as {
      activeCell: { model: { sharedModel: { getSource(): string } } };
    };
    return notebook.activeCell.model.sharedModel.getSource();
  });
  const sent = async (): Promise<string> =>
    JSON.stringify((await fake.asked()).at(-1)?.body.messages);
  const first = source
    .split('\n')
    .filter(line => line.length > 30)
    .map(line => line.slice(0, 30))[0];
  expect(first).toBeDefined();
  await ask(panel, 'What is this?');
  await expect(answer(panel)).toContainText('nothing is done twice');
  expect(await sent()).toContain('00_start_here.ipynb');
  expect(await sent()).not.toContain(first);
  await cell.click();
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  await look(page, 'tutor-8-context');
  await ask(panel, 'And now?');
  await expect(panel.locator('.jp-NanochatLearn-question')).toHaveCount(2);
  await expect(answer(panel)).toContainText('nothing is done twice');
  expect(await sent()).toContain(first);

  // code goes below the active cell, and runs on the notebook's kernel
  const cells = page.locator('.jp-Notebook:visible .jp-CodeCell');
  const before = await cells.count();
  await answer(panel).getByRole('button', { name: 'Into a cell' }).click();
  await expect(cells).toHaveCount(before + 1);
  await answer(panel).getByRole('button', { name: 'Run' }).click();
  await expect(answer(panel).locator('.jp-NanochatLearn-output')).toContainText(
    'a block to run',
    { timeout: 60_000 }
  );
  await expect(answer(panel)).toContainText(
    'Ran on the kernel of 00_start_here.ipynb.'
  );

  await box(panel).fill('Half a thought');
  await page.waitForTimeout(800); // settings and memory are on their way
  await reload(page);
  await expect(box(panel)).toHaveValue('Half a thought');
  await expect(cell).toHaveAttribute('aria-pressed', 'true');
  await cell.click();
  await page.waitForTimeout(500);
});

const HOSTILE = [
  '<script>window.__owned = 1</script>',
  '<img src=x onerror="window.__owned = 1">',
  '<img src="https://example.org/pixel.png">',
  '![pixel](https://example.org/pixel.png)',
  '![svg](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IndpbmRvdy5fX293bmVkPTEiLz4=)',
  '[js](javascript:window.__owned=1)',
  '[js2](JaVaScRiPt&colon;window.__owned=1)',
  '[data](data:text/html,<script>parent.__owned=1</script>)',
  '<a href="javascript:window.__owned=1">html link</a>',
  '<svg onload="window.__owned=1"><animate onbegin="window.__owned=1" attributeName="x" dur="1s"/></svg>',
  '<math><mtext><mglyph><style><img src=x onerror="window.__owned=1"></style></mglyph></mtext></math>',
  '<iframe src="https://example.org/"></iframe><iframe srcdoc="<script>parent.__owned=1</script>"></iframe>',
  '<style>@import url("https://example.org/x.css"); body { display: none }</style>',
  '<p style="background: url(https://example.org/bg.png)">styled</p>',
  '<link rel="stylesheet" href="https://example.org/x.css"><meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<form action="https://example.org/"><input name="q" autofocus onfocus="window.__owned=1"><button>Go</button></form>',
  '<button data-commandlinker-command="filebrowser:create-new-file">command</button>',
  '<video src="https://example.org/v.mp4" autoplay></video><audio src="https://example.org/a.mp3" autoplay></audio>',
  '<object data="https://example.org/o"></object><embed src="https://example.org/e">',
  '$\\href{javascript:window.__owned=1}{\\text{formula}}$',
  '$$\\style{background:url(https://example.org/m.png)}{x}$$',
  '```mermaid\ngraph TD\n  A-->B\n  click A "javascript:window.__owned=1"\n```',
  '```html\n<script>window.__owned = 1</script>\n```',
  '[[" onmouseover="window.__owned=1]]',
  '[ref]\n\n[ref]: javascript:window.__owned=1',
  '<https://example.org/auto> <javascript:window.__owned=1>',
  '<details open ontoggle="window.__owned=1">more</details>',
  '<p id="IPython" name="location">clobbered</p>'
];

test('hostile answers do nothing, whole or in pieces', async ({ page }) => {
  const panel = await openTutor(page, withoutModel);
  page.on('dialog', dialog => {
    errors.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  for (const cut of [1e9, 7]) {
    await page.unrouteAll();
    await page.route(/nanochat-learn\/api\/ask\b/, route =>
      route.fulfill({ contentType: 'text/event-stream', body: hostile(cut) })
    );
    await ask(panel, `Be bad, in pieces of ${String(cut)}.`);
    await expect(panel.locator('.jp-NanochatLearn-question').last()).toHaveText(
      `Be bad, in pieces of ${String(cut)}.`
    );
    const body = answer(panel);
    await expect(body).toContainText('The end.');
    await expect(body).toHaveAttribute('aria-busy', 'false');
    for (const link of await body.locator('a').all()) {
      expect((await link.getAttribute('href')) ?? 'https:').toMatch(
        /^(?:https?:|mailto:)/
      );
    }
    // hover and press whatever is there, but real links
    for (const thing of await body.locator(':is(button, a):visible').all()) {
      await thing.hover({ force: true });
      const href = await thing.getAttribute('href');
      const name = await thing.innerText();
      if (href === null && !/Run|Into a cell/.test(name)) {
        await thing.click({ force: true });
      }
    }
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => '__owned' in window)).toBe(false);
    await expect(
      body.locator(
        'script, iframe, object, embed, form, input, svg, style, link, meta, img, video, audio, math:not(mjx-container math), [style*="url"], [onclick], [onerror], [onload], [data-commandlinker-command]'
      )
    ).toHaveCount(0);
    await expect(page.locator('#main')).toBeVisible();
  }
  await look(page, 'tutor-9-hostile');
});

/** The events of an answer that has everything in it, in pieces of `cut` letters. */
function hostile(cut: number): string {
  const text = [...HOSTILE, 'The end.'].join('\n\n');
  const head = { conversation: 'c', question: `q${String(cut)}` };
  const events: object[] = [
    { type: 'status', phase: 'asking', sentence: 'Asking.', ...head }
  ];
  for (let at = 0; at < text.length; at += cut) {
    events.push({ type: 'delta', text: text.slice(at, at + cut) });
  }
  events.push({
    type: 'done',
    message: {
      ...{ id: `m${String(cut)}`, role: 'tutor', text },
      ...{ made: new Date().toISOString(), context: null, citations: [] },
      ...{ focused: [], struck: 0, unsupported: [], extractive: false },
      ...{ absent: false, usage: null, state: 'whole', failure: null }
    }
  });
  return events.map(e => `data: ${JSON.stringify(e)}\n\n`).join('');
}

test('in 250 and 500 pixels nothing is cut off, light and dark', async ({
  page
}) => {
  const panel = await openTutor(page, withoutModel);
  const see = async (what: string): Promise<void> => {
    for (const width of [250, 500]) {
      await widen(panel, width);
      await inBothThemes(page, async theme => {
        expect(await wider(panel)).toEqual([]);
        await look(page, `tutor-${theme}-${String(width)}-${what}`);
        await axe(page, TUTOR);
      });
    }
  };
  await see('welcome');
  await ask(panel, 'Where does it remember earlier words?');
  await expect(answer(panel)).toHaveAttribute('aria-busy', 'false');
  await follow(page, fake, 'made-up');
  await ask(panel, 'How is `apply_rotary_emb` used?');
  await expect(panel).toContainText('do not exist in this code');
  await follow(page, fake, '402');
  await ask(panel, 'And what does it cost?');
  await expect(panel.locator('.jp-NanochatLearn-trouble')).toBeVisible();
  // the last question and the beginning of its answer are in view
  await expect(
    panel.locator('.jp-NanochatLearn-question').last()
  ).toBeInViewport();
  await see('talk');
});

/** What is cut off: parts wider than the panel that neither scroll nor say so by dots. */
function wider(panel: Locator): Promise<string[]> {
  return panel.evaluate(node =>
    [
      ...node.querySelectorAll(
        '*:not(pre, pre *, mjx-container *, .jp-NanochatLearn-spoken)'
      )
    ]
      .filter(
        part =>
          part.scrollWidth > node.clientWidth &&
          getComputedStyle(part).overflowX !== 'auto' &&
          getComputedStyle(part).textOverflow !== 'ellipsis'
      )
      .map(part => `${part.outerHTML.slice(0, 120)} ${part.scrollWidth}`)
  );
}
