/**
 * The concept panel as a reader uses it: finding a section, asking for a word, guessing,
 * opening the mathematics, running code; by keyboard, narrow and wide, light and dark.
 */
import { expect, type Locator, type Page } from '@playwright/test';

import { axe } from './axe';
import { cursorLine, execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';

const PANEL = '#nanochat-learn-concept';

async function openConcept(page: Page, id: string): Promise<Locator> {
  await execute(page, 'nanochat-learn:open-concept', { id });
  const panel = page.locator(PANEL);
  // The words come last: the page stands.
  await expect(panel.locator('.jp-NanochatLearn-contents')).toBeVisible();
  return panel;
}

/** Drag the left edge of the panel to `x`. */
async function widen(page: Page, x: number): Promise<void> {
  const box = await page.locator(PANEL).boundingBox();
  await page.mouse.move((box?.x ?? 0) - 3, 300);
  await page.mouse.down();
  await page.mouse.move(x, 300, { steps: 5 });
  await page.mouse.up();
}

/** The server has the next setting that is changed. */
function settingSaved(page: Page): Promise<unknown> {
  return page.waitForResponse(
    answer =>
      answer.request().method() === 'PUT' &&
      answer.url().includes('/lab/api/settings/')
  );
}

/** Nothing is cut off: the page needs no more than it has. */
async function fits(panel: Locator): Promise<void> {
  const width = await panel
    .locator('.jp-NanochatLearn-page')
    .evaluate(node => ({ own: node.clientWidth, needs: node.scrollWidth }));
  expect(width.needs).toBeLessThanOrEqual(width.own);
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let n = 0; n < 80; n++) {
    if (await target.evaluate(node => node === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error('not reached by keyboard');
}

test.describe('reading', () => {
  test('a section, a word, a guess, by keyboard alone', async ({ page }) => {
    await openLab(page);
    const panel = await openConcept(page, 'attention.rope');
    await panel.locator('header h2').focus();

    // contents: a menu in a narrow panel
    const menu = panel.locator('.jp-NanochatLearn-contents');
    await tabTo(page, menu.locator('summary'));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    for (let n = 0; n < 3; n++) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    const section = panel.locator('h2', { hasText: 'In this code' });
    await expect(section).toBeFocused();
    await expect(section).toBeInViewport();
    await expect(menu.locator('ol')).toBeHidden();
    await expect(menu.locator('summary')).toContainText('In this code');
    await look(page, 'concept-narrow-section');

    // a word: its meaning on focus, away by Escape, its concept by Enter
    const word = panel
      .locator('.jp-NanochatLearn-term', { hasText: /^quer/ })
      .and(panel.locator('h2:has-text("In this code") ~ p span'))
      .first();
    await tabTo(page, word);
    const tip = panel.getByRole('tooltip');
    await expect(tip).toContainText('asks which tokens matter to it');
    await expect(word).toHaveAttribute(
      'aria-describedby',
      (await tip.getAttribute('id')) ?? ''
    );
    await look(page, 'concept-narrow-word');
    await page.keyboard.press('Escape');
    await expect(tip).toBeHidden();
    await expect(word).toBeFocused();

    // a question: a guess, then its own answer only
    const cards = panel.locator('.jp-NanochatLearn-questions > li');
    await expect(cards).toHaveCount(2);
    await tabTo(page, cards.nth(1).locator('textarea'));
    await page.keyboard.type('(6, 4)');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(
      cards.nth(1).locator('.jp-NanochatLearn-answer')
    ).toBeVisible();
    await expect(cards.nth(0).locator('.jp-NanochatLearn-answer')).toBeHidden();
    await look(page, 'concept-narrow-question');

    // the guess is still there after a walk to another concept and back
    await word.focus();
    await page.keyboard.press('Enter');
    await expect(panel.locator('header h2')).toHaveText(/self-attention/i);
    await page.keyboard.press('Alt+ArrowLeft');
    await expect(panel.locator('header h2')).toHaveText(/rotary/i);
    await expect(cards.nth(1).locator('textarea')).toHaveValue('(6, 4)');
  });

  test('the depth is remembered', async ({ page }) => {
    await openLab(page);
    let panel = await openConcept(page, 'attention.rope');
    const fold = (): Locator =>
      panel.locator('details', { hasText: 'The full mathematics' });
    await expect(fold()).not.toHaveAttribute('open');
    let isSaved = settingSaved(page);
    await panel.getByRole('button', { name: 'Mathematics: folded' }).click();
    await expect(fold()).toHaveAttribute('open');
    await isSaved;
    await openLab(page);
    panel = await openConcept(page, 'attention.rope');
    await expect(fold()).toHaveAttribute('open');
    await expect(fold().locator('mjx-container').first()).toBeVisible();
    isSaved = settingSaved(page);
    await panel.getByRole('button', { name: 'Mathematics: open' }).click();
    await expect(fold()).not.toHaveAttribute('open');
    await isSaved;
  });

  test('the lines have the colours of the editor, open it, and are lit by words', async ({
    page
  }) => {
    await openLab(page); // no editor was opened before
    const panel = await openConcept(page, 'attention.rope');
    const lines = panel.locator('.jp-NanochatLearn-code pre').first();
    const keyword = lines.locator('code span', { hasText: /^def$/ }).first();
    await expect(keyword).toBeVisible();
    const colour = (node: Locator): Promise<string> =>
      node.evaluate(element => getComputedStyle(element).color);
    expect(await colour(keyword)).not.toBe(await colour(lines.locator('code')));
    const numbers = lines.locator('.jp-NanochatLearn-numbers');
    await expect(numbers).toHaveText(/^\d+\n/);
    const height = async (): Promise<number> =>
      (await lines.boundingBox())?.height ?? 0;
    const folded = await height();
    await panel
      .getByRole('button', { name: /Show all \d+ lines/ })
      .first()
      .click();
    expect(await height()).toBeGreaterThan(folded * 1.5);
    await lines.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => cursorLine(page)).toContain('def rotary_tables');

    // a word lights the lines that its concept explains
    await panel.locator('header h2').focus();
    const lit = panel.locator('.jp-NanochatLearn-code li.jp-mod-lit');
    await expect(lit).toHaveCount(0);
    const before = await panel
      .locator('.jp-NanochatLearn-page')
      .evaluate(node => node.scrollHeight);
    await panel
      .locator('.jp-NanochatLearn-term', { hasText: 'dot product' })
      .first()
      .focus();
    await expect(lit).toHaveCount(1);
    await expect(lit).toContainText('CausalSelfAttention.forward');
    expect(
      await panel
        .locator('.jp-NanochatLearn-page')
        .evaluate(node => node.scrollHeight)
    ).toBe(before);
    await lit.scrollIntoViewIfNeeded();
    await look(page, 'concept-narrow-lit');
    await panel.locator('header h2').focus();
    await expect(lit).toHaveCount(0);

    // a dial of the picture means the concept of this page: all its lines
    const dial = panel.locator('.nl-dial').first();
    await dial.hover();
    await expect(lit).toHaveCount(
      await panel.locator('.jp-NanochatLearn-code li').count()
    );
    await panel.locator('header h2').hover();
    await expect(lit).toHaveCount(0);

    // a linked concept says what it is
    await panel.getByRole('link', { name: 'Self-attention' }).first().focus();
    await expect(panel.getByRole('tooltip')).toContainText('with a note');
    await panel.getByRole('link', { name: /Normalised queries/ }).focus();
    await expect(panel.getByRole('tooltip')).toContainText('note to come');
  });
});

/** The parts of JupyterLab that only these tests reach for. */
interface INotebook {
  readonly sessionContext: {
    readonly session: { readonly kernel: { readonly status: string } } | null;
    restartKernel(): Promise<void>;
  };
}
interface IServed {
  readonly serviceManager: {
    readonly contents: { save(path: string, model: object): Promise<unknown> };
  };
}

/** A workspace with a note of four blocks; nothing of it is in the course. */
const FIXTURE: Record<string, string> = {
  'model.py': '# @learn:test.runs\ndef double(x):\n    return 2 * x\n',
  'docs/knowledge_base/clusters.yaml':
    'clusters:\n  - {id: test, title: Test, colour: "#068adc", namespaces: [test]}\n',
  'docs/knowledge_base/glossary.yaml':
    '- term: kernel\n  forms: [kernels]\n  meaning: What runs your code.\n',
  'docs/knowledge_base/test.runs.md': [
    '---',
    'id: test.runs',
    'title: Running',
    'cluster: test',
    '---',
    '## In one sentence',
    'A kernel runs this.',
    '## Prints',
    '```python\nimport model\nprint("from the workspace:", model.double(21))\n```',
    '## Fails',
    '```python\nimport sys\nprint("said on the way", file=sys.stderr)\n1 / 0\n```',
    '## Never ends',
    '```python\nwhile True:\n    pass\n```',
    '## Rich',
    '```python\nfrom IPython.display import HTML\nHTML("<b class=\'bold\'>bold</b>")\n```',
    '## No Python',
    '```text\nnothing to run\n```',
    ''
  ].join('\n')
};

const NOTEBOOK = {
  cells: [],
  metadata: {
    kernelspec: {
      name: 'python3',
      display_name: 'Python 3',
      language: 'python'
    }
  },
  nbformat: 4,
  nbformat_minor: 5
};

/** Make the workspace `folder` and open its model, so that it is the one in front. */
async function fixture(page: Page, folder: string): Promise<void> {
  await openLab(page);
  await execute(page, 'nanochat-learn:prepare-workspace', {
    folder,
    lessons: false
  });
  await page.evaluate(
    async ([root, files, notebook]) => {
      const { contents } = (window.jupyterapp as unknown as IServed)
        .serviceManager;
      for (const part of ['', '/docs', '/docs/knowledge_base']) {
        await contents.save(`${root}${part}`, { type: 'directory' });
      }
      for (const [path, content] of Object.entries(files)) {
        await contents.save(`${root}/${path}`, {
          type: 'file',
          format: 'text',
          content
        });
      }
      await contents.save(`${root}/n.ipynb`, {
        type: 'notebook',
        format: 'json',
        content: notebook
      });
    },
    [folder, FIXTURE, NOTEBOOK] as const
  );
  await execute(page, 'docmanager:open', { path: `${folder}/model.py` });
  await expect(page.locator('.jp-FileEditor:visible')).toBeVisible();
  await execute(page, 'nanochat-learn:index-workspace');
}

function block(panel: Locator, section: string): Locator {
  return panel.locator(
    `h2:has-text("${section}") + .jp-NanochatLearn-runnable`
  );
}

test.describe('running', () => {
  test('on a kernel of the panel’s own', async ({ page }) => {
    await fixture(page, 'alone');
    const panel = await openConcept(page, 'test.runs');
    await expect(panel.getByRole('button', { name: 'Run' })).toHaveCount(4);

    // the workspace is where it runs
    const prints = block(panel, 'Prints');
    await prints.locator('pre').first().focus();
    await page.keyboard.press('Shift+Enter');
    const said = prints.getByRole('status');
    await expect(said).toHaveText('Ran on the kernel of the concept panel.', {
      timeout: 60_000
    });
    await expect(prints.getByLabel('Output')).toContainText(
      'from the workspace: 42'
    );
    await prints.getByRole('button', { name: 'Clear' }).click();
    await expect(prints.getByLabel('Output')).toBeEmpty();

    // stderr, then an error that can be read
    const fails = block(panel, 'Fails');
    await fails.getByRole('button', { name: 'Run' }).click();
    await expect(fails.getByRole('status')).toContainText(
      'ended with an error'
    );
    await expect(fails.getByLabel('Output')).toContainText('said on the way');
    await expect(fails.getByLabel('Output')).toContainText('ZeroDivisionError');
    const error = await fails
      .getByLabel('Output')
      .evaluate(node => ({ own: node.clientWidth, needs: node.scrollWidth }));
    expect(error.needs).toBeLessThanOrEqual(error.own); // it is read, so it wraps
    await page
      .locator('h2', { hasText: 'Fails' })
      .evaluate(node => node.scrollIntoView());
    await look(page, 'concept-run-error');
    await axe(page, PANEL);

    // what never ends is stopped
    const endless = block(panel, 'Never ends');
    await endless.getByRole('button', { name: 'Run' }).focus();
    await page.keyboard.press('Enter');
    await expect(endless.getByRole('status')).toContainText('Running');
    await expect(endless).toHaveAttribute('aria-busy', 'true');
    await endless.scrollIntoViewIfNeeded();
    await look(page, 'concept-run-busy');
    await expect(endless.getByRole('button', { name: 'Stop' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(endless.getByRole('status')).toContainText('You stopped it.');
    await expect(endless.getByRole('button', { name: 'Run' })).toBeFocused();

    // rich output, by the lab's own renderers
    const rich = block(panel, 'Rich');
    await rich.getByRole('button', { name: 'Run' }).click();
    await expect(rich.locator('b.bold')).toHaveText('bold');

    // left running by a reload: the same kernel, waited for, and stopped
    await endless.getByRole('button', { name: 'Run' }).click();
    await expect(endless.getByRole('status')).toContainText('Running');
    await openLab(page);
    await execute(page, 'docmanager:open', { path: 'alone/model.py' });
    await expect(page.locator('.jp-FileEditor:visible')).toBeVisible();
    const again = block(await openConcept(page, 'test.runs'), 'Prints');
    const state = again.getByRole('status');
    await again.getByRole('button', { name: 'Run' }).click();
    await expect(state).toContainText('Waiting');
    await again.getByRole('button', { name: 'Stop' }).click();
    await expect(state).toContainText('You stopped it.');
    await again.getByRole('button', { name: 'Run' }).click();
    await expect(again.getByLabel('Output')).toContainText('42');
  });

  test('on the notebook in front, also after its restart', async ({ page }) => {
    await fixture(page, 'beside');
    await execute(page, 'docmanager:open', { path: 'beside/n.ipynb' });
    await page.waitForFunction(
      () => {
        const widget = window.jupyterapp.shell
          .currentWidget as unknown as INotebook;
        return widget?.sessionContext?.session?.kernel?.status === 'idle';
      },
      undefined,
      { timeout: 60_000 }
    );
    const panel = await openConcept(page, 'test.runs');
    const prints = block(panel, 'Prints');
    const ran = 'Ran on the kernel of n.ipynb.';
    await prints.getByRole('button', { name: 'Run' }).click();
    await expect(prints.getByRole('status')).toHaveText(ran);
    await expect(prints.getByLabel('Output')).toContainText('42');

    // restarted under a running block
    const endless = block(panel, 'Never ends');
    await endless.getByRole('button', { name: 'Run' }).click();
    await expect(endless.getByRole('status')).toContainText('Running');
    await page.evaluate(() => {
      const widget = window.jupyterapp.shell
        .currentWidget as unknown as INotebook;
      return widget.sessionContext.restartKernel();
    });
    await expect(endless.getByRole('status')).toContainText(
      'restarted before the block had ended'
    );
    await prints.getByRole('button', { name: 'Clear' }).click();
    await prints.getByRole('button', { name: 'Run' }).click();
    await expect(prints.getByRole('status')).toHaveText(ran, {
      timeout: 60_000
    });
    await expect(prints.getByLabel('Output')).toContainText('42');
  });
});

test('narrow and wide, light and dark', async ({ page }) => {
  await openLab(page);
  const panel = await openConcept(page, 'attention.rope');
  const run = panel.getByRole('button', { name: 'Run' });
  await run.click();
  await expect(panel.getByLabel('Output')).toContainText('0.5400', {
    timeout: 60_000
  });
  await panel.locator('.jp-NanochatLearn-wordlist summary').click();
  await panel.locator('.jp-NanochatLearn-questions button').first().click();
  const word = panel.locator('.jp-NanochatLearn-term').first();
  const see = (width: string): Promise<void> =>
    inBothThemes(page, async theme => {
      await word.blur();
      await word.focus();
      await expect(panel.getByRole('tooltip')).toBeVisible();
      await fits(panel);
      await look(page, `concept-${width}-${theme}`);
      await axe(page, PANEL);
    });
  await see('narrow');
  await widen(page, 320);
  await expect(panel.locator('.jp-NanochatLearn-contents ol')).toBeVisible();
  await see('wide');
  await run.scrollIntoViewIfNeeded();
  await look(page, 'concept-wide-run');
});

test('at 200 % nothing is cut off, with reduced motion', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLab(page);
  await execute(page, 'application:toggle-left-area');
  const panel = await openConcept(page, 'attention.rope');
  await fits(panel);
  await panel.locator('.jp-NanochatLearn-contents summary').click();
  await look(page, 'concept-zoom');
  const last = panel.locator('.jp-NanochatLearn-contents li button').last();
  await last.scrollIntoViewIfNeeded();
  await last.click();
  await expect(
    panel.locator('h3', { hasText: 'Used in these lines' })
  ).toBeFocused();
  await look(page, 'concept-zoom-code');
});
