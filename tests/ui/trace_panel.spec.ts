/** A trace that Python wrote is replayed: prefill, decode, one head, a number, what ran, reload. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

import { BASE } from './address';
import { axe } from './axe';
import { cursorLine, execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';

const PANEL = '#nanochat-learn-traces';

interface IWritten {
  layer: number;
  head: number;
  /** Shares of the last query of the prompt. */
  row: number[];
  layers: number;
  heads: number;
  prompt: number;
  steps: number;
  /** What it wrote, token by token. */
  next: string[];
  ran: string[];
}

/** Where the server's files lie, as JupyterLab is told. */
function serverRoot(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      (
        JSON.parse(
          document.getElementById('jupyter-config-data')?.textContent ?? '{}'
        ) as { serverRoot: string }
      ).serverRoot
  );
}

async function written(page: Page, name: string): Promise<IWritten> {
  const script = resolve('tests/ui/write_trace.py');
  const text = execFileSync('python', [script, name], {
    cwd: await serverRoot(page),
    encoding: 'utf-8'
  });
  return JSON.parse(text) as IWritten;
}

/** The side panel is dragged to this width. */
async function widen(page: Page, width: number): Promise<void> {
  const handle = page.locator(
    '#jp-main-split-panel > .lm-SplitPanel-handle:not(.lm-mod-hidden)'
  );
  const box = await handle.last().boundingBox();
  const panel = await page.locator(PANEL).boundingBox();
  if (box === null || panel === null) {
    throw new Error('The side panel is not there.');
  }
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + panel.width - width, box.y + 200, { steps: 5 });
  await page.mouse.up();
  await page.evaluate(() => getSelection()?.removeAllRanges());
}

async function told(panel: Locator): Promise<number> {
  const text = await panel.locator('.jp-NanochatLearn-told').innerText();
  return Number(/: (\S+)$/.exec(text)?.[1].replace('−', '-'));
}

test('a trace is replayed, and still there after a reload', async ({
  page
}) => {
  await openLab(page);
  const others = resolve(await serverRoot(page), 'traces');
  rmSync(others, { recursive: true, force: true }); // of tests before this one
  await execute(page, 'nanochat-learn:show-traces');
  const panel = page.locator(PANEL);
  await expect(panel.getByText('There is no trace yet.')).toBeVisible();
  await look(page, 'trace-0-none');
  await axe(page, PANEL);

  const truth = await written(page, 'cat');
  await panel.getByRole('button', { name: 'Look again' }).click();
  await panel.getByRole('button', { name: /^cat/ }).click();
  const words = panel.locator('.jp-NanochatLearn-scrubWords');
  await expect(words).toContainText(`Step 1 of ${truth.steps}`);
  await expect(words).toContainText('prefill');
  await expect(words).toContainText(`T = ${truth.prompt}`);
  const cells = panel.locator('.jp-NanochatLearn-heads button');
  await expect(cells).toHaveCount(truth.layers * truth.heads);

  // one row of one head, number by number, by keyboard
  await panel
    .getByRole('button', {
      name: `Layer ${truth.layer}, head ${truth.head}`,
      exact: true
    })
    .click();
  const map = panel.getByRole('application');
  await map.focus();
  for (let n = 1; n < truth.prompt; n++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Home');
  for (const share of truth.row) {
    // four digits are written, and the trace keeps 16 bits of a number
    expect(Math.abs((await told(panel)) - share)).toBeLessThan(0.002);
    await page.keyboard.press('ArrowRight');
  }
  await expect(panel.getByText('How this number came about')).toBeVisible();
  await expect(panel.getByText(/query · key =/)).toBeVisible();

  for (const width of [250, 500]) {
    await widen(page, width);
    await inBothThemes(page, async theme => {
      for (const way of width < 300
        ? ['Histogram', 'Table', 'Heatmap']
        : ['Heatmap']) {
        await panel.getByRole('button', { name: way }).click();
        await look(page, `trace-${theme}-${width}-${way}`);
      }
      await axe(page, PANEL);
    });
  }
  await panel.getByRole('button', { name: 'Heatmap' }).click();

  // decode: the second step of it reads one token
  const slider = panel.getByRole('slider', { name: 'Step' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(words).toContainText('decode');
  await expect(words).toContainText('T = 1');
  await expect(words).toContainText(`after ${truth.prompt + 1} tokens`);
  await expect(
    panel.locator('.jp-NanochatLearn-strip .jp-mod-new')
  ).toHaveCount(1);
  await look(page, 'trace-decode');

  // play to the end
  await panel.getByLabel('Steps a second').selectOption('60');
  await slider.focus();
  await page.keyboard.press('Space');
  await expect(words).toContainText(`Step ${truth.steps} of ${truth.steps}`);
  await panel.getByRole('button', { name: 'Step before' }).click();
  await expect(words).toContainText(`Step ${truth.steps - 1} of`);

  // layer by layer: the last one says what was written next, the first reading does not
  await panel.getByRole('button', { name: 'First step' }).click();
  await panel.getByText('Layer by layer (logit lens)').click();
  const lens = panel.locator('.jp-NanochatLearn-lens tbody tr');
  await expect(lens).toHaveCount(truth.layers + 1);
  const best = lens.locator('td:nth-of-type(1) code');
  await expect(best.last()).toHaveText(truth.next[0].replace(/^ /, '␣'));
  await expect(best.first()).not.toHaveText(truth.next[0].replace(/^ /, '␣'));
  const after = panel.getByLabel('Read after');
  await after.selectOption({ index: 0 });
  await expect(lens.last()).toHaveText(/layer \d+, the last.*%/);
  await after.selectOption({ index: truth.prompt - 1 });
  await look(page, 'trace-lens');
  await axe(page, PANEL);
  await slider.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');

  // to the line of code
  await panel
    .getByLabel('Tensor', { exact: true })
    .selectOption('blocks.1.attn.q');
  await panel.getByText(/The line that makes it: nanochat\/gpt\.py/).click();
  await expect.poll(() => cursorLine(page)).toContain('q, k = qk.split');

  // what ran is lit in the graph, and nothing else
  await execute(page, 'nanochat-learn:index-workspace');
  await execute(page, 'nanochat-learn:show-traces');
  await panel.getByText(`What ran: ${truth.ran.length} functions`).click();
  await panel.getByRole('button', { name: 'Light them in the graph' }).click();
  const graph = page.locator('#nanochat-learn-graph');
  await expect(graph).toContainText(
    `What ran in the trace cat: ${truth.ran.length} functions`
  );
  await expect(
    graph.getByText(`: ${truth.ran.length} nodes highlighted.`)
  ).toBeAttached();
  await look(page, 'trace-lit');

  // closed and opened again: the same trace at the same step
  await page.waitForTimeout(1500); // JupyterLab writes its state now and then
  await page.goto(`${BASE}lab`);
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await page.evaluate(async () => {
    await window.jupyterapp.restored;
  });
  await execute(page, 'nanochat-learn:show-traces');
  await expect(words).toContainText(`Step ${truth.steps - 1} of`);
  await expect(panel.getByLabel('Tensor', { exact: true })).toHaveValue(
    'blocks.1.attn.q'
  );

  // two traces compared, one removed
  await written(page, 'again');
  await panel.getByRole('button', { name: 'All traces' }).click();
  await panel.getByRole('button', { name: /^again/ }).click();
  await panel.getByText('Compare', { exact: true }).click();
  await panel.getByLabel('Compare with').selectOption('cat');
  await expect(
    panel.getByText(/tensors that both have are the same/)
  ).toBeVisible();
  await panel.getByRole('button', { name: 'All traces' }).click();
  await panel.getByRole('button', { name: 'Remove the trace again…' }).click();
  await look(page, 'trace-list');
  await axe(page, PANEL);
  await panel.getByRole('button', { name: 'Remove its files' }).click();
  await expect(panel.getByText('1 trace', { exact: true })).toBeVisible();
});

test('a trace in a notebook, and in a picture', async ({ page }) => {
  await openLab(page);
  const truth = await written(page, 'note');
  await execute(page, 'docmanager:open', { path: 'note.ipynb' });
  const output = page.locator('.jp-NanochatLearn-traceOutput');
  const words = output.locator('.jp-NanochatLearn-scrubWords');
  await expect(words).toContainText(`T = ${truth.prompt}`);
  await output.getByRole('button', { name: 'Next step' }).click();
  await expect(words).toContainText('decode');
  await output.scrollIntoViewIfNeeded();
  await look(page, 'trace-output');
  await output.getByRole('button', { name: 'Open in the trace panel' }).click();
  const panel = page.locator(PANEL);
  await expect(panel.locator('.jp-NanochatLearn-scrubWords')).toContainText(
    `Step 2 of ${truth.steps}`
  );

  await execute(page, 'nanochat-learn:index-workspace');
  const concept = page.locator('#nanochat-learn-concept');
  for (const [id, shown] of [
    ['attention.self_attention', '␣little'],
    ['inference.kv_cache', '␣little'],
    ['inference.logits', 'From your own run']
  ]) {
    await execute(page, 'nanochat-learn:open-concept', { id });
    await concept
      .getByRole('button', { name: /Show the numbers of your own run/ })
      .click();
    await expect(concept.getByText('Shown: trace note, step 2.')).toBeVisible();
    const figure = concept.locator('figure').last(); // a note may have two
    await expect(figure).toContainText(shown);
    await look(page, `trace-picture-${id}`);
    await concept
      .getByRole('button', { name: 'Back to the example of the note' })
      .click();
    await expect(figure).not.toContainText(shown);
  }
});
