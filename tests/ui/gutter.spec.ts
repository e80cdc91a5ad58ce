/**
 * The gutter: tooltips by mouse and keyboard, folded tag lines, and lines that light up
 * when somebody points at their concept; in a file, in a notebook, in both themes.
 */
import { readFileSync } from 'node:fs';

import { expect, type Locator, type Page } from '@playwright/test';

import { cursorLine, execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';

/** Where tags stand in the code that every workspace holds a copy of; lines from 1. */
const code = readFileSync('nanochat/gpt.py', 'utf8').split('\n');
const learn = code.indexOf('# @viz:rope_dials'); // the line above it
const first = code.findIndex(line => line.startsWith('# @')) + 1;

/** The setting, on or off, whatever it was. */
async function fold(page: Page, on: boolean): Promise<void> {
  const is = await page.evaluate(() => {
    const { commands } = window.jupyterapp as unknown as {
      commands: { isToggled(id: string): boolean };
    };
    return commands.isToggled('nanochat-learn:fold-tags');
  });
  if (is !== on) {
    await execute(page, 'nanochat-learn:fold-tags');
  }
}

const TOOLTIP = '.jp-NanochatLearn-tooltip';
const ROPE = 'RoPE tells attention how far apart two tokens stand';

/** `nanochat/gpt.py` in an editor of a fresh lab, at a node. */
async function openCode(
  page: Page,
  id = 'nanochat/gpt.py:apply_rotary_emb'
): Promise<Locator> {
  await openLab(page);
  await fold(page, false); // a test that failed may have left it behind on the server
  await execute(page, 'nanochat-learn:show-graph');
  await expect(
    page.locator('#nanochat-learn-graph canvas').first()
  ).toBeVisible();
  await execute(page, 'nanochat-learn:open-node', { id });
  const editor = page.locator('.jp-FileEditor:visible');
  await expect(editor.locator('.cm-content')).toBeFocused();
  return editor;
}

function markers(editor: Locator, tag: string): Locator {
  return editor
    .locator(`.jp-NanochatLearn-marker[data-tags~="${tag}"]`)
    .locator('visible=true');
}

function tagText(editor: Locator, tag: string): Locator {
  return editor
    .locator('.jp-NanochatLearn-tagText')
    .filter({ hasText: tag })
    .locator('visible=true');
}

/** What the clipboard would get. */
function copied(editor: Locator): Promise<string> {
  return editor.locator('.cm-content').evaluate(node => {
    const clipboardData = new DataTransfer();
    node.dispatchEvent(
      new ClipboardEvent('copy', {
        clipboardData,
        bubbles: true,
        cancelable: true
      })
    );
    return clipboardData.getData('text/plain');
  });
}

/** The numbers beside the lines in view, as drawn. */
async function lineNumbers(editor: Locator): Promise<number[]> {
  const texts = await editor
    .locator('.cm-lineNumbers .cm-gutterElement')
    .allTextContents();
  return texts.slice(1).map(Number);
}

test('tooltips say what a tag is about', async ({ page }) => {
  const editor = await openCode(page);
  const tooltip = page.locator(TOOLTIP);

  // beside the marker
  await markers(editor, 'attention.rope').last().hover();
  await expect(tooltip).toContainText('Rotary position embedding');
  await expect(tooltip).toContainText('concept with a note');
  await expect(tooltip).toContainText(ROPE);
  await look(page, 'gutter-1-marker');

  // the pointer may move into it; it goes when the pointer goes
  await tooltip.hover();
  await page.waitForTimeout(600);
  await expect(tooltip).toBeVisible();
  await editor.getByText('Which positions may be looked at').hover();
  await expect(tooltip).toHaveCount(0);

  // over the tag's text
  await tagText(editor, '@viz:rope_dials').first().hover();
  await expect(tooltip).toContainText('picture');
  await look(page, 'gutter-2-text');
  await page.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);

  // at the cursor, which stands in the definition below the tags
  await execute(page, 'nanochat-learn:explain-tag');
  await expect(tooltip).toContainText(ROPE);
  await expect(tooltip.locator('section')).toHaveCount(2);
  await expect(editor.locator('.cm-announced')).toContainText(ROPE);
  await look(page, 'gutter-3-keys');
  await page.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);
  await expect(editor.locator('.cm-content')).toBeFocused();
});

test('tag lines fold away and open under the cursor', async ({ page }) => {
  const editor = await openCode(page);
  const before = await lineNumbers(editor);
  expect(before).toContain(learn);

  await execute(page, 'nanochat-learn:fold-tags');
  await expect(tagText(editor, '@viz:rope_dials')).toHaveCount(0);
  await expect(markers(editor, 'rope_dials')).toHaveText('◆2');
  const folded = await lineNumbers(editor);
  expect(folded).not.toContain(learn);
  expect(folded).not.toContain(learn + 1);
  expect(folded).toContain(learn - 1);
  expect(folded).toContain(learn + 2);
  await inBothThemes(page, theme => look(page, `gutter-4-folded-${theme}`));

  // one key up from the definition
  await page.keyboard.press('ArrowUp');
  await expect(tagText(editor, '@viz:rope_dials')).toBeVisible();
  expect(await lineNumbers(editor)).toContain(learn);

  // what is copied is the text as it stands in the file
  await page.keyboard.press('Control+Home');
  expect(await lineNumbers(editor)).not.toContain(first);
  await page.keyboard.press('Control+A');
  expect(await copied(editor)).toContain('# @viz:rope_dials\ndef apply_rotary');

  // code that is opened at a folded line shows it
  await execute(page, 'nanochat-learn:open-code', {
    filePath: 'nanochat/gpt.py',
    line: learn + 1
  });
  await expect(tagText(editor, '@viz:rope_dials')).toBeVisible();

  // away again, and by "next tag" into another fold
  await execute(page, 'nanochat-learn:next-tag'); // of this line
  await execute(page, 'nanochat-learn:next-tag');
  await expect(tagText(editor, '@viz:rope_dials')).toHaveCount(0);
  await expect
    .poll(() => cursorLine(page))
    .toContain('@learn:foundations.broadcasting');
  await expect(tagText(editor, '@learn:foundations.broadcasting')).toHaveCount(
    1
  );

  // a definition in the code keeps its first line
  await execute(page, 'nanochat-learn:open-node', {
    id: 'nanochat/gpt.py:CausalSelfAttention.forward'
  });
  await expect(
    editor.getByText('A tensor is a table of numbers')
  ).toBeVisible();
  await expect(
    editor.getByText('and the heads become a direction')
  ).toHaveCount(0);
  await look(page, 'gutter-5-definition');
  await editor.locator('.jp-NanochatLearn-foldMore').first().click();
  await expect(
    editor.getByText('and the heads become a direction')
  ).toBeVisible();

  // off again
  await execute(page, 'nanochat-learn:fold-tags');
  await expect(tagText(editor, '@def:foundations.tensors')).toBeVisible();
});

test('lines light up when their concept is pointed at, and code points', async ({
  page
}) => {
  const editor = await openCode(page);
  const lit = editor.locator('.cm-line.jp-NanochatLearn-pointedAt');
  const top = (): Promise<number | undefined> =>
    editor
      .getByText('def apply_rotary_emb')
      .boundingBox()
      .then(box => box?.y);
  const before = await top();
  // the cursor has arrived in the definition, and points there a moment later
  await expect.poll(() => pointedAt(page)).toContain('code concept:');

  await point(page, ['concept:attention.rope']);
  await expect(lit.filter({ hasText: 'def apply_rotary_emb' })).toBeVisible();
  await expect(lit.filter({ hasText: 'def visible' })).toHaveCount(0);
  await expect(
    editor.locator('.jp-NanochatLearn-marker.jp-mod-pointedAt').first()
  ).toBeVisible();
  expect(await top()).toBe(before);
  await page.waitForTimeout(2000); // the light of the opening has faded
  await look(page, 'gutter-6-pointed');

  await point(page, ['nanochat/gpt.py:visible']);
  await expect(lit.first()).toContainText('def visible');
  await point(page, null);
  await expect(lit).toHaveCount(0);

  // code points: by the cursor, by the pointer, and no more when both left
  await page.locator('#nanochat-learn-graph input[type="search"]').focus();
  await editor.locator('.cm-content').focus();
  const rope = 'concept:attention.rope viz:rope_dials';
  await expect.poll(() => pointedAt(page)).toBe(`code ${rope}`);
  await markers(editor, 'attention.causal_mask').first().hover();
  await expect
    .poll(() => pointedAt(page))
    .toBe('code concept:attention.causal_mask');
  await editor.getByText('query = torch').hover();
  await expect.poll(() => pointedAt(page)).toBe(`code ${rope}`);
  await page.locator('#nanochat-learn-graph input[type="search"]').focus();
  await expect.poll(() => pointedAt(page)).toBe('');
});

test('a notebook: tooltip, folds in cells, tags from cell to cell, and to the concept', async ({
  page
}) => {
  await openLab(page, 'lab/tree/lessons/00_start_here.ipynb');
  await fold(page, false);
  const notebook = page.locator('.jp-Notebook:visible');
  const marker = notebook
    .locator('.jp-NanochatLearn-marker')
    .locator('visible=true')
    .first();
  await expect(async () => {
    // a notebook that still loads may move its cells away from under the pointer
    await page.mouse.move(0, 0);
    await marker.hover();
    await expect(page.locator(`${TOOLTIP} strong`)).not.toBeEmpty({
      timeout: 3_000
    });
  }).toPass();
  await look(page, 'gutter-notebook-1-tooltip');
  await notebook
    .locator('.jp-MarkdownCell')
    .locator('visible=true')
    .first()
    .hover();

  const text = notebook
    .locator('.jp-NanochatLearn-tagText')
    .locator('visible=true');
  await expect(text).not.toHaveCount(0);
  await execute(page, 'nanochat-learn:fold-tags');
  await expect(text).toHaveCount(0);
  await expect(marker).toBeVisible();
  await look(page, 'gutter-notebook-2-folded');

  await execute(page, 'nanochat-learn:next-tag');
  await expect(text).not.toHaveCount(0);
  await expect(
    notebook.locator('.cm-announced').filter({ hasText: /tag 1 of \d+/ })
  ).toHaveCount(1);
  await execute(page, 'nanochat-learn:previous-tag');
  await expect(
    notebook.locator('.cm-announced').filter({ hasText: /tag (\d+) of \1/ })
  ).toHaveCount(1);
  await look(page, 'gutter-notebook-3-walked');
  await execute(page, 'nanochat-learn:fold-tags');

  await marker.scrollIntoViewIfNeeded();
  await marker.click();
  await expect(page.locator('#nanochat-learn-concept header h2')).toBeVisible();
});

interface IPluginRegistry {
  _plugins: Map<
    string,
    {
      service: {
        pointing: {
          value: { ids: string[]; by: string } | null;
          set(value: object | null): void;
        };
      };
    }
  >;
}

/** Point as another panel does: through the session. */
function point(page: Page, ids: string[] | null): Promise<void> {
  return page.evaluate(pointed => {
    const { pluginRegistry } = window.jupyterapp as unknown as {
      pluginRegistry: IPluginRegistry;
    };
    const session = pluginRegistry._plugins.get('nanochat-learn:session');
    session?.service.pointing.set(
      pointed === null ? null : { ids: pointed, by: 'graph' }
    );
  }, ids);
}

/** Who points, and at what; '' for nobody. */
function pointedAt(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { pluginRegistry } = window.jupyterapp as unknown as {
      pluginRegistry: IPluginRegistry;
    };
    const session = pluginRegistry._plugins.get('nanochat-learn:session');
    const value = session?.service.pointing.value ?? null;
    return value === null ? '' : `${value.by} ${value.ids.join(' ')}`;
  });
}
