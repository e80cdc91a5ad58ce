/**
 * A training in a notebook draws its curves while it runs, waits when it is asked to, goes on,
 * and is still there after a reload; the map of a notebook shows where a node is.
 */
import { expect } from '@playwright/test';

import { axe } from './axe';
import { execute, inBothThemes, openLab, test } from './lab';
import { look } from './look';
import { runNotebook } from './notebook';

const PANEL = '#nanochat-learn-traces';
const OUTPUT = '.jp-NanochatLearn-traceOutput';

/** A model of one number: the loss after n steps is worked out by hand, (0.5 · 0.8ⁿ)². */
const TRAIN = `import time
from pathlib import Path

import torch
from IPython.display import display
from nanochat_learn.kernel import TrainingTrace

weight = torch.nn.Linear(1, 1, bias=False)
torch.nn.init.constant_(weight.weight, 0.5)
optimizer = torch.optim.SGD(weight.parameters(), lr=0.1)
trace = TrainingTrace(
    weight, optimizer, name="watched", sample=lambda: f"weight {weight.weight.item():.4f}", sample_every=1
)
with trace:
    display(trace)
    for step in range(4000):
        loss = (weight(torch.ones(1, 1)) ** 2).sum()
        trace.loss(loss)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        time.sleep(0.05)
        if Path("stop").exists():
            break
print("steps", step + 1)`;

const MAP = `from nanochat_learn.kernel import show_graph

show_graph(focus="nanochat/gpt.py:GPT.forward")`;

test('a training is watched while it runs, waits, goes on and survives a reload', async ({
  page
}) => {
  await openLab(page);
  const notebook = await runNotebook(
    page,
    'watched.ipynb',
    { train: TRAIN },
    false
  );
  const output = notebook.locator(OUTPUT);
  const step = output.getByRole('slider');
  const count = async (): Promise<number> =>
    Number(await step.getAttribute('max')) + 1;
  await expect(output).toContainText('It is running.', { timeout: 60_000 });
  await expect(step).toBeVisible();
  const before = await count();
  await expect.poll(count).toBeGreaterThan(before); // it grows under the eyes

  // the second step saw a loss that can be worked out by hand
  await step.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const loss = output.locator('figure', { hasText: 'Loss' });
  await expect(loss.locator('figcaption')).toContainText('0.16');
  await expect(output).toContainText('weight 0.3200');
  await expect(
    output.locator('figure', { hasText: 'Size of the step' })
  ).toContainText('0.08');

  await output.getByRole('button', { name: 'Pause' }).click();
  await expect(output).toContainText('It waits before its next step.');
  let waiting = 0;
  await expect
    .poll(
      async () => {
        const last = waiting;
        waiting = await count();
        return waiting === last;
      },
      { intervals: [2500] } // longer than two looks
    )
    .toBe(true);
  await output.getByRole('slider').press('End');
  await look(page, 'training-output');

  // the panel shows the same training, and lets it go on
  await execute(page, 'nanochat-learn:open-trace', { name: 'watched' });
  const panel = page.locator(PANEL);
  await expect(panel).toContainText('It waits before its next step.');
  await expect(panel.getByRole('slider')).toHaveAttribute(
    'max',
    String(waiting - 1)
  );
  await inBothThemes(page, async theme => {
    await look(page, `training-panel-${theme}`);
    await axe(page, `${PANEL}, ${OUTPUT}`);
  });
  await panel.getByText('This step, matrix by matrix').click();
  await expect(panel.locator('details')).toContainText(['weight']);
  await panel.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(count).toBeGreaterThan(waiting);

  // it ends, and everything is there after a reload, with no kernel of this page
  await page.evaluate(async () => {
    const { serviceManager } = window.jupyterapp as unknown as {
      serviceManager: {
        contents: { save(path: string, options: object): Promise<unknown> };
      };
    };
    await serviceManager.contents.save('stop', {
      type: 'file',
      format: 'text',
      content: ''
    });
  });
  await expect(panel).toContainText('It has ended.', { timeout: 30_000 });
  const whole = Number(await panel.getByRole('slider').getAttribute('max'));
  await execute(page, 'docmanager:save');
  await page.reload();
  await expect(panel).toContainText('It has ended.', { timeout: 60_000 });
  await expect(panel.getByRole('slider')).toHaveAttribute('max', String(whole));
});

test('the map in a notebook says where a node is', async ({ page }) => {
  await openLab(page);
  const notebook = await runNotebook(page, 'map.ipynb', { map: MAP });
  const map = notebook.locator('.jp-OutputArea-output canvas').first();
  await expect(map).toBeVisible({ timeout: 60_000 });
  await notebook.getByLabel('Node').selectOption({ label: 'GPT.forward' });
  await expect(notebook.locator('.jp-OutputArea')).toContainText(
    'nanochat/gpt.py'
  );
  await look(page, 'map-in-a-notebook');
});
