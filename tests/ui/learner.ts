/** What a learner does in a lesson's notebook: walk, run, write, and answer with the keys. */
import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { serverRoot } from './made_up_lesson';

interface IItem {
  id: string;
  kind: 'prediction' | 'exercise' | 'quiz';
}

interface IOpened {
  shell: {
    currentWidget: {
      content: {
        widgets: readonly unknown[];
        activeCell: { model: { sharedModel: { getSource(): string } } } | null;
      };
    } | null;
  };
}

/** As on the first day: no progress, and `lessons` as they were written. */
export async function beginAnew(page: Page, lessons: string[]): Promise<void> {
  const root = await serverRoot(page);
  rmSync(resolve(root, 'progress'), { recursive: true, force: true });
  for (const lesson of lessons) {
    const file = `lessons/${lesson}.ipynb`;
    copyFileSync(file, resolve(root, file));
  }
}

/** A file of progress in which every item of the lessons up to `last` is right, but `except`. */
export function answeredRight(last: string, except = ''): Buffer {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const evidence = readdirSync('lessons')
    .filter(name => /^\d\d_.*\.ipynb$/.test(name) && name <= `${last}.ipynb`)
    .flatMap(name => {
      const lesson = name.replace('.ipynb', '');
      const { metadata } = JSON.parse(
        readFileSync(`lessons/${name}`, 'utf-8')
      ) as { metadata: { nanochat_learn: { items?: IItem[] } } };
      const line = (item: string, kind: string, outcome: string) => ({
        format: 1,
        id: `${lesson}-${item}-${kind}`.slice(0, 60),
        at,
        lesson,
        kind,
        item,
        outcome,
        answer: ''
      });
      return (metadata.nanochat_learn.items ?? [])
        .filter(({ id }) => `${lesson} ${id}` !== except)
        .flatMap(({ id, kind }) =>
          kind === 'prediction'
            ? [line(id, 'prediction', 'given'), line(id, 'reveal', 'right')]
            : [line(id, kind === 'quiz' ? 'quiz' : 'check', 'right')]
        );
    });
  return Buffer.from(JSON.stringify({ format: 1, evidence }));
}

/** The kernel has started, and nothing runs. */
export async function idle(page: Page): Promise<void> {
  await expect(page.locator('#jp-main-statusbar')).toContainText(/\| Idle/, {
    timeout: 60_000
  });
  await expect(
    page.locator('.jp-NotebookPanel:visible .jp-InputPrompt', {
      hasText: '[*]'
    })
  ).toHaveCount(0, { timeout: 60_000 });
}

/** Source of the cell that the learner is at. */
export function activeSource(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { shell } = window.jupyterapp as unknown as IOpened;
    const cell = shell.currentWidget?.content.activeCell ?? null;
    return cell?.model.sharedModel.getSource() ?? '';
  });
}

/** How many cells the notebook in front has, drawn or not. */
export function cellCount(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const { shell } = window.jupyterapp as unknown as IOpened;
    return shell.currentWidget?.content.widgets.length;
  });
}

/** Shift + Enter, cell after cell, until the cell with `words` is the next to run. */
export async function runTo(page: Page, words: string): Promise<void> {
  for (let n = 0; n < 40; n++) {
    if ((await activeSource(page)).includes(words)) {
      return;
    }
    await page.keyboard.press('Shift+Enter');
  }
  throw new Error(`No cell with ${words} was reached.`);
}

/** Tab, or Shift + Tab, until one of `target` has the focus. */
export async function tabTo(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab'
): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let n = 0; n < 16; n++) {
    const there = await target.evaluateAll(nodes =>
      nodes.includes(document.activeElement as HTMLElement)
    );
    if (there) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${target.toString()}.`);
}

/** From the cell behind it: back into the form, to the choice called `name`; it is sent. */
export async function answerByKeys(
  page: Page,
  form: Locator,
  name: string
): Promise<void> {
  await tabTo(page, form.getByRole('radio'), 'Shift+Tab');
  const choice = form.getByRole('radio', { name, exact: true });
  for (let n = 0; n < 6 && !(await choice.isChecked()); n++) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(choice).toBeChecked();
  await page.keyboard.press('Enter');
}

/** In the cell that is open: `text` in place of the first dots of line `line`, from 0. */
export async function fillDots(
  page: Page,
  line: number,
  text: string
): Promise<void> {
  const found = (await activeSource(page)).split('\n')[line];
  await page.keyboard.press('Control+Home');
  for (let n = 0; n < line; n++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Home');
  for (let n = 0; n < found.indexOf('='); n++) {
    await page.keyboard.press('ArrowRight');
  }
  const comment = found.indexOf('  #');
  for (let n = found.indexOf('='); n < comment; n++) {
    await page.keyboard.press('Shift+ArrowRight');
  }
  await page.keyboard.type(`= ${text}`);
}
