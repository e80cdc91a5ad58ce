/** Outputs of a lesson: answered by keyboard, with a server that fails, and after a reload. */
import { expect, type Locator, type Page } from '@playwright/test';

import { BASE } from './address';
import { axe } from './axe';
import { execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';
import { forgetLesson, NOTEBOOK, writeLesson } from './made_up_lesson';

const OUTPUT = '.jp-NanochatLearn-lesson';
const EVIDENCE = /nanochat-learn\/api\/evidence/;

interface IEvidence {
  kind: string;
  item: string;
  outcome: string;
  answer: string;
}

/** What the server has on record, oldest first, in short. */
async function recorded(page: Page): Promise<string[]> {
  const answer = await page.request.get(
    `${BASE}nanochat-learn/api/progress/export?document=${NOTEBOOK}`
  );
  const { evidence } = (await answer.json()) as { evidence: IEvidence[] };
  return evidence.map(({ kind, item, outcome, answer }) =>
    [kind, item, outcome, answer].join(' ')
  );
}

function form(page: Page, name: string): Locator {
  return page.locator(OUTPUT).getByRole('region', { name, exact: true });
}

test('a lesson is answered, also while the server fails, and stands after a reload', async ({
  page
}) => {
  await openLab(page);
  const root = await writeLesson(page);
  await execute(page, 'docmanager:open', { path: NOTEBOOK });

  // The still becomes the live picture, which answers keys of its own.
  const live = page.locator('.jp-MarkdownCell .jp-NanochatLearn-livePicture');
  await expect(live.locator('.nl-root')).toBeVisible();
  await expect(page.locator('.jp-MarkdownCell img')).toBeHidden();
  const bar = live.getByRole('slider').first();
  await bar.focus();
  await page.keyboard.press('ArrowUp');
  await expect(bar).toBeFocused();

  // A guess, by keyboard alone; afterwards it stands.
  const guess = form(page, 'Your guess');
  await guess.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(
    guess.getByRole('button', { name: 'Store my guess' })
  ).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(guess.getByText('Your guess is stored.')).toBeVisible();
  await expect(guess.getByRole('radio').first()).toBeDisabled();
  await expect
    .poll(() => recorded(page))
    .toEqual(['prediction largest given all alike']);

  await expect(form(page, 'What came out')).toContainText('the last');
  await expect(form(page, 'Compared')).toContainText('They agree.');

  const verdict = form(page, 'Verdict');
  await verdict.getByRole('button', { name: 'Hint 1 of 3' }).click();
  await expect(verdict.getByRole('listitem')).toHaveCount(1);
  await verdict.getByRole('button', { name: 'Show the solution' }).click();
  await expect(verdict.locator('pre')).toContainText('scores.exp()');

  // The picture has the kernel's own numbers.
  const picture = page.locator(OUTPUT).locator('figure');
  await expect(picture.locator('.nl-root')).toContainText('four');

  // No server: the answer stays, with a sentence; nothing is lost.
  await page.route(EVIDENCE, route => route.fulfill({ status: 500 }));
  const question = form(page, 'Question');
  await question.getByRole('radio').nth(1).check();
  await question.getByRole('button', { name: 'Answer' }).click();
  await expect(question).toContainText('Only when there is no third score');
  const quiz = page.locator(OUTPUT).filter({
    has: page.getByRole('region', { name: 'Question', exact: true })
  });
  await expect(quiz).toContainText('status 500');
  await expect(quiz).toContainText('is kept in this browser');
  await inBothThemes(page, async theme => {
    for (const [name, part] of [
      ['guess', guess],
      ['verdict', verdict],
      ['question', question]
    ] as const) {
      await part.scrollIntoViewIfNeeded();
      await look(page, `lesson-${theme}-${name}`);
    }
    await axe(page, OUTPUT);
  });

  // A reload, still without the server's ear: answers are there, and sent when it hears.
  await page.reload();
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await expect(question).toContainText('Only when there is no third score');
  await expect(guess.getByText('Your guess is stored.')).toBeVisible();
  await expect(verdict.getByRole('listitem')).toHaveCount(1);
  await expect(quiz).toContainText('is kept in this browser');
  await page.unroute(EVIDENCE);
  await quiz.getByRole('button', { name: 'Send it now' }).click();
  await expect(quiz).not.toContainText('is kept in this browser');
  await question.getByRole('button', { name: 'Try again' }).click();
  await question.getByRole('radio').first().check();
  await question.getByRole('button', { name: 'Answer again' }).click();
  await expect(question).toContainText('Same in, same out.');
  await expect
    .poll(() => recorded(page))
    .toEqual([
      'prediction largest given all alike',
      'hint shares seen 1',
      'solution shares seen ',
      'quiz q1 wrong They are `0.5` each',
      'quiz q1 right They are equal too'
    ]);

  // In 250 pixels nothing is cut off.
  const widths = await page.locator(OUTPUT).evaluateAll(nodes =>
    nodes.map(node => {
      (node as HTMLElement).style.flex = '0 0 250px';
      return node.scrollWidth;
    })
  );
  widths.forEach(width => expect(width).toBeLessThanOrEqual(250));
  await look(page, 'lesson-narrow');
  forgetLesson(root);
});
