/** What is special about neuron_playground: a line that bends, and a loss that falls. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('the line is moved by weights, and what it parts is told', async ({
  page
}) => {
  await mount(page, 'neuron_playground');
  const here = page.locator('#here');
  await page.getByRole('button', { name: 'All but 0, 0' }).click();
  await expect(here).toContainText('Not so. The answer is “Only 1, 0”.');
  await expect(here).toContainText('0, 1 → −1; 1, 0 → 1; 1, 1 → 0');
  const bias = page.getByRole('slider', { name: /^bias/ });
  const line = here.locator('.nl-bend').first();
  const before = await line.getAttribute('y1');
  await bias.press('End');
  expect(await line.getAttribute('y1')).not.toBe(before);
  await page.getByRole('button', { name: 'switches 1, 1' }).focus();
  await expect(here.locator('.nl-how')).toContainText(
    '1 × 1 + (−1) × 1 + 1 = 1, bent: 1.'
  );
});

test('eight neurons learn the lamp before your eyes, one does not', async ({
  page
}) => {
  const env = { theme: 'light', reducedMotion: false };
  await mount(page, 'neuron_playground', '#here', env);
  const here = page.locator('#here');
  const loss = async (): Promise<number> =>
    Number(await here.locator('.nl-lossline strong').textContent());
  const begun = await loss();
  await page.getByRole('button', { name: 'Learn' }).click();
  await page.clock.runFor(1_000);
  await page.getByRole('button', { name: 'Stop' }).click();
  const later = await loss();
  expect(later).toBeLessThan(begun);
  const steps = page.getByRole('slider', { name: 'steps of learning' });
  expect(Number(await steps.inputValue())).toBeGreaterThan(10);
  await steps.press('End');
  await expect(here).toContainText('The lamp is learned.');
  await page.getByRole('slider', { name: 'neurons' }).press('Home');
  await expect(here).not.toContainText('The lamp is learned.');
  await expect(here).toContainText('Stuck');
  expect(await loss()).toBeCloseTo(0.5, 2);
});
