import { expect, test, type Page } from '@playwright/test';
import { execute, look, openLab, setTheme } from './lab';
async function widen(page: Page, x: number) {
  const box = (await page.locator('#nanochat-learn-concept').boundingBox())!;
  await page.mouse.move(box.x - 3, 300);
  await page.mouse.down();
  await page.mouse.move(x, 300, { steps: 5 });
  await page.mouse.up();
}
test('look', async ({ page }) => {
  await openLab(page);
  await setTheme(page, 'JupyterLab Dark');
  await execute(page, 'nanochat-learn:open-concept', { id: 'attention.rope' });
  const c = page.locator('#nanochat-learn-concept');
  await expect(c.locator('.jp-NanochatLearn-questions')).toBeVisible();
  const run = c.getByRole('button', { name: 'Run' });
  await run.click();
  await page.waitForTimeout(5000);
  await run.scrollIntoViewIfNeeded();
  await look(page, 'concept-3');
  await c.locator('summary').first().click();
  await look(page, 'concept-4');
  await widen(page, 320);
  await page.waitForTimeout(1000);
  await look(page, 'concept-5');
  await c.locator('.jp-NanochatLearn-page').evaluate(n => (n.scrollTop = 0));
  await c.locator('.jp-NanochatLearn-term', { hasText: 'query' }).first().hover();
  await page.waitForTimeout(1000);
  await look(page, 'concept-6');
  await c.getByRole('button', { name: 'Mathematics' }).click();
  await c.locator('.jp-NanochatLearn-code').scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  await look(page, 'concept-7');
});
