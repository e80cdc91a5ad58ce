/** The tutor panel against the real server, which asks a scripted model. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page, test } from '@playwright/test';

import { BASE } from './address';
import { cursorLine, execute, look, setTheme } from './lab';
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

async function axe(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).include(TUTOR).analyze();
  expect(
    found.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(n => n.html).join('\n')}`
    )
  ).toEqual([]);
}

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
  await axe(page);
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
  await axe(page);
  await look(page, 'tutor-2-extractive');
  expect(await fake.asked()).toEqual([]);
});

test('an answer grows, its citations open the code and light the map', async ({
  page
}) => {
  const panel = await openTutor(page, p => follow(p, fake, 'cites'));
  await execute(page, 'nanochat-learn:show-graph');
  await execute(page, 'nanochat-learn:show-tutor');
  await ask(panel, 'Where does it remember earlier words?');
  const lengths: number[] = [];
  const body = answer(panel);
  await expect(async () => {
    lengths.push((await body.innerText()).length);
    expect(await body.getAttribute('aria-busy')).toBe('false');
  }).toPass({ intervals: [100] });
  expect(new Set(lengths).size, `lengths: ${String(lengths)}`).toBeGreaterThan(
    3
  );
  await axe(page);
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

  await body
    .locator('.jp-NanochatLearn-cite[data-kind="concept"]')
    .first()
    .click();
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
  await axe(page);

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
  await axe(page);
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
  await axe(page);
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
  await axe(page);
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
