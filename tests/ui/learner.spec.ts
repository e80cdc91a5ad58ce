/**
 * A learner in a real browser: lesson 1 whole and without a mouse, lesson 12 whole, and the way
 * back to what is not understood. What a kernel says, what is written down and what the path
 * offers are all the real ones.
 */
import { readFileSync } from 'node:fs';

import { expect, type Locator, type Page } from '@playwright/test';

import { execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';
import {
  activeSource,
  answeredRight,
  answerByKeys,
  beginAnew,
  cellCount,
  fillDots,
  idle,
  runTo,
  tabTo
} from './learner';

const TALK = '01_talk_to_a_tiny_model';
const DOT = '03_dot_product_and_matmul';
const ATTENTION = '12_self_attention';

const pathOf = (page: Page): Locator => page.locator('#nanochat-learn-path');
const nextOf = (page: Page): Locator =>
  pathOf(page).getByRole('region', { name: 'Next' });
const goOnOf = (page: Page): Locator =>
  nextOf(page).getByRole('button', { name: 'Go on' });
/** The forms called `name` in the notebook in front, from the top. */
const forms = (page: Page, name: string): Locator =>
  page
    .locator('.jp-NotebookPanel:visible .jp-NanochatLearn-lesson')
    .getByRole('region', { name, exact: true });

/** The notebook is saved, every kernel shut down, and the page loaded again. */
async function restart(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect(page.locator('.jp-mod-dirty')).toHaveCount(0);
  await page.waitForTimeout(1500); // JupyterLab saves its layout a moment later
  await page.evaluate(() =>
    (
      window.jupyterapp as unknown as {
        serviceManager: { sessions: { shutdownAll(): Promise<void> } };
      }
    ).serviceManager.sessions.shutdownAll()
  );
  await page.goto(page.url().split('?')[0] ?? '');
}

/** The path with everything right up to lesson 8, but `except`. */
async function prepared(page: Page, except = ''): Promise<void> {
  await openLab(page);
  await beginAnew(page, [DOT, ATTENTION]);
  await page.keyboard.press('Alt+Shift+L');
  const choosing = page.waitForEvent('filechooser');
  await pathOf(page).getByRole('button', { name: 'Import progress' }).click();
  await (
    await choosing
  ).setFiles({
    name: 'progress.json',
    mimeType: 'application/json',
    buffer: answeredRight('08_z', except)
  });
  await expect(page.getByText(/Imported: \d+ new entries/)).toBeVisible();
}

/** Write `source` into the cell of the notebook in front that has `words`, and run it. */
async function solve(
  page: Page,
  words: string,
  source: string
): Promise<Locator> {
  const cell = page
    .locator('.jp-NotebookPanel:visible .jp-CodeCell')
    .filter({ has: page.locator('.cm-content', { hasText: words }) });
  await cell.locator('.cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(source);
  await page.keyboard.press('Shift+Enter');
  await idle(page);
  return cell.getByRole('region', { name: 'Verdict' });
}

function known(lesson: string, name: string): string {
  const file = `tests/lessons/${lesson}/wrong_${name}.py`;
  return readFileSync(file, 'utf-8')
    .replace(/^#.*\n/gm, '')
    .trim();
}

test('lesson 1 by keyboard alone, and again after everything was restarted', async ({
  page
}) => {
  await openLab(page);
  await beginAnew(page, [TALK]);
  await page.keyboard.press('Alt+Shift+L');
  await expect(goOnOf(page)).toBeFocused();
  await expect(nextOf(page)).toContainText('This is where the path begins.');
  await page.keyboard.press('Enter');
  await expect(
    page.locator('.jp-Notebook:visible .jp-Cell').first()
  ).toBeFocused();
  await idle(page);

  // A guess, by keys alone; the letters and arrows are not taken for commands.
  const cells = await cellCount(page);
  await runTo(page, 'predict("after_two_names")');
  await page.keyboard.press('Shift+Enter');
  await idle(page);
  const guess = forms(page, 'Your guess').first();
  await tabTo(page, guess.getByRole('button'), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(guess).toContainText('Choose one of them first');
  await answerByKeys(page, guess, 'went');
  await expect(guess).toContainText('Your guess is stored.');
  await page.keyboard.press('a');
  expect(await cellCount(page)).toBe(cells);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  expect(await activeSource(page)).toContain('reveal("after_two_names"');
  await page.keyboard.press('Shift+Enter');
  await expect(forms(page, 'What came out').first()).toContainText(
    'Not as you guessed.'
  );
  await look(page, 'learner-1-guess');

  await runTo(page, 'predict("two_seeds")');
  await page.keyboard.press('Shift+Enter');
  await idle(page);
  await answerByKeys(page, forms(page, 'Your guess').nth(1), 'the same');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await expect(forms(page, 'What came out').nth(1)).toContainText(
    'As you guessed.'
  );

  // The slider draws anew; the arrow is its own.
  await runTo(page, 'explore(draw');
  await page.keyboard.press('Shift+Enter');
  await idle(page);
  const slider = page.locator('.jp-Notebook:visible .noUi-handle');
  const story = page
    .locator('.jp-Notebook:visible .jp-CodeCell')
    .filter({ has: page.locator('.noUi-handle') })
    .locator('.jp-OutputArea-output pre')
    .last();
  const before = await story.textContent();
  await tabTo(page, slider, 'Shift+Tab');
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(story).not.toHaveText(before ?? '');
  await expect(slider).toBeFocused();
  await page.keyboard.press('Shift+Enter');

  // A wrong answer, a hint, a right answer.
  await runTo(page, 'first = ...');
  await page.keyboard.press('Enter');
  await fillDots(page, 0, '"tiger"');
  await fillDots(page, 1, '" a"');
  await page.keyboard.press('Shift+Enter');
  const verdict = forms(page, 'Verdict').first();
  await expect(verdict).toContainText('“tiger”, is not one token');
  await expect(nextOf(page)).toContainText('is not right yet');
  const hint = verdict.getByRole('button', { name: /^Hint/ });
  await tabTo(page, hint, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(verdict.getByRole('listitem')).toHaveCount(1);
  await expect(hint).toBeFocused();
  await look(page, 'learner-1-hint');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await fillDots(page, 0, 'guesses("One day, Tom")');
  await fillDots(page, 1, 'guesses("One day, Tom" + first)');
  await page.keyboard.press('Shift+Enter');
  await expect(verdict).toContainText('Right. You wrote “One day, Tom');
  await expect(verdict.getByRole('listitem')).toHaveCount(1);
  await look(page, 'learner-1-right');

  // The questions; between the first and the second one everything is restarted.
  await runTo(page, 'You saw the guesses');
  await idle(page);
  const asked = forms(page, 'Question');
  await expect(asked).toHaveCount(3);
  const of = (n: number): Locator => asked.nth(n);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await answerByKeys(page, of(0), '20 times, once for each token.');
  await expect(of(0)).toContainText('Each token is one round of the loop');
  await restart(page);
  await expect(of(0)).toContainText('Each token is one round of the loop', {
    timeout: 60_000
  });
  await expect(guess).toContainText('Your guess is stored.');
  await expect(verdict).toContainText('Right. You wrote “One day, Tom');

  // The path knows the place, and the questions need no kernel.
  await page.keyboard.press('Alt+Shift+L');
  await expect(goOnOf(page)).toBeFocused();
  await expect(nextOf(page)).toContainText(/Question.*2 things are left to do/);
  await look(page, 'learner-1-resumed');
  await page.keyboard.press('Enter');
  await expect.poll(() => activeSource(page)).toBe('quiz("q2")');
  await expect(
    page.getByText('This kernel has not run the cells above yet.')
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await answerByKeys(
    page,
    of(1),
    'Temperature 0.7 and another seed each time.'
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await answerByKeys(
    page,
    of(2),
    'Of 100 texts like this one, about 58 would go on with “ walk”.'
  );
  await expect(of(2)).toContainText('That is what a probability says.');

  // The path leads on.
  await expect(nextOf(page)).toContainText('Tensors and shapes');
  await expect(nextOf(page)).toContainText(
    'It builds on “Guessing the next token”, which you have understood.'
  );
  await expect(
    pathOf(page).getByRole('treeitem', {
      name: 'Concept Guessing the next token, understood'
    })
  ).toBeVisible();
  await inBothThemes(page, theme => look(page, `learner-1-done-${theme}`));
});

test('lesson 12: a guess, a mistake with its own message, a hint, and on', async ({
  page
}) => {
  await prepared(page);
  await expect(nextOf(page)).toContainText('Self-attention');
  await expect(nextOf(page)).toContainText('which you have understood');
  await goOnOf(page).click();
  await idle(page);

  // A word of the glossary says what it means, and its concept opens from there.
  const word = page.locator('.jp-RenderedMarkdown .jp-NanochatLearn-term');
  const tooltip = page.locator('.jp-NotebookPanel [role="tooltip"]');
  await expect(tooltip).toBeHidden();
  await word.filter({ visible: true }).first().hover();
  await expect(tooltip).toBeVisible();
  await look(page, 'learner-12-word');

  for (const [n, item, choice] of [
    [0, 'shape_of_scores', '(3, 3)'],
    [1, 'covered_cell', '0'],
    [2, 'next_word', 'drum']
  ] as const) {
    await runTo(page, `predict("${item}")`);
    await page.keyboard.press('Shift+Enter');
    await idle(page);
    const guess = forms(page, 'Your guess').nth(n);
    await guess.getByRole('radio', { name: choice, exact: true }).check();
    await guess.getByRole('button', { name: 'Store my guess' }).click();
    await expect(guess).toContainText('Your guess is stored.');
    await runTo(page, `reveal("${item}"`);
    await page.keyboard.press('Shift+Enter');
    await expect(forms(page, 'What came out').nth(n)).toContainText(
      item === 'covered_cell' ? 'Not as you guessed.' : 'As you guessed.',
      { timeout: 60_000 }
    );
  }
  await runTo(page, 'covered4 = ...');
  await idle(page);
  await expect(forms(page, 'Compared')).toContainText('They agree.');

  const verdict = await solve(
    page,
    'check("causal_attention"',
    known(ATTENTION, 'causal_attention_past')
  );
  await expect(verdict).toContainText('you covered the past instead');
  await expect(nextOf(page)).toContainText('is not right yet');
  await verdict.getByRole('button', { name: 'Hint 1 of 3' }).click();
  await expect(verdict.getByRole('listitem')).toHaveCount(1);
  await look(page, 'learner-12-hint');
  const right = await solve(
    page,
    'check("causal_attention"',
    [
      'later4 = torch.ones(4, 4).triu(1) == 1',
      'covered4 = scores4.masked_fill(later4, float("-inf"))',
      'shares4 = covered4.softmax(dim=-1)',
      'mixed4 = shares4 @ v4',
      'check("causal_attention", mixed4, shares=shares4, q=q4, k=k4, v=v4)'
    ].join('\n')
  );
  await expect(right).toContainText('Right. Row 0 receives its own value');

  await runTo(page, 'Lesson 13');
  await idle(page);
  for (const [n, choice] of [
    'its query',
    'Nothing; 0 is 0.',
    'Nothing.'
  ].entries()) {
    const question = forms(page, 'Question').nth(n);
    await question.getByRole('radio', { name: choice, exact: true }).check();
    await question.getByRole('button', { name: 'Answer' }).click();
  }
  await expect(forms(page, 'Question').nth(1)).toContainText(
    'softmax had already given part of the whole to them'
  );
  await look(page, 'learner-12-questions');
  const row = (name: string): Locator =>
    pathOf(page).getByRole('treeitem', { name });
  await expect(row('Concept Self-attention, understood')).toBeVisible();
  // One of its questions was missed, and that is what the path says next.
  await expect(row('Concept Causal mask, shaky')).toBeVisible();
  await expect(nextOf(page)).toContainText(/“Causal mask” is shaky/);
  await look(page, 'learner-12-done');

  // Everything is restarted: verdict, answers and place are where they were.
  await restart(page);
  await expect(nextOf(page)).toContainText(/“Causal mask” is shaky/, {
    timeout: 60_000
  });
  await goOnOf(page).click();
  await expect.poll(() => activeSource(page)).toContain('quiz("covered_late")');
  await expect(forms(page, 'Question').nth(1)).toContainText(
    'softmax had already given part of the whole to them'
  );
});

test('who fails the dot product is sent to it, and not on to self-attention', async ({
  page
}) => {
  await prepared(page, `${DOT} dot`);
  await expect(nextOf(page)).toContainText('Dot product and matrix');
  await goOnOf(page).click();
  await idle(page);
  await expect.poll(() => activeSource(page)).toContain('def dot(a, b)');
  await execute(page, 'notebook:run-all-above');
  await idle(page);
  const dot = 'check("dot"';
  const verdict = await solve(page, dot, known(DOT, 'dot_return_in_loop'));
  await expect(verdict).toContainText('That is the first product alone');

  const sent = nextOf(page);
  await expect(sent).toContainText('Dot product and matrix multiplication');
  await expect(sent).toContainText(
    '“Dot product” is shaky: the exercise dot in lesson 3 is not right yet.'
  );
  await expect(sent).not.toContainText('Self-attention');
  await look(page, 'learner-3-sent-back');
  await goOnOf(page).click();
  await expect.poll(() => activeSource(page)).toContain('def dot(a, b)');

  // Mended, and now the path leads on.
  const mended = known(DOT, 'dot_return_in_loop').replace(
    '        return total',
    '    return total'
  );
  await expect(await solve(page, dot, mended)).toContainText('Right.');
  await expect(sent).toContainText('Self-attention');
  await look(page, 'learner-3-on');
});
