/** What is special about vocab_tradeoff: one slider, a text that shrinks, tables that grow. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('vocab_tradeoff: the text gets shorter, the tables longer', async ({
  page
}) => {
  await mount(page, 'vocab_tradeoff');
  const here = page.locator('#here');
  const tokens = here.locator('.nl-tile');
  const counts = here.locator('.nl-bars:not(.nl-tables) .nl-value');
  await expect(tokens).toHaveCount(41);
  await expect(counts.nth(1)).toHaveText('?'); // to be guessed

  await page.getByRole('button', { name: '20', exact: true }).click();
  await expect(here).toContainText(
    'You were right. 20 tokens. The tables grew from 67,840 to 102,400 numbers.'
  );
  await expect(tokens).toHaveCount(20);

  await here.getByRole('slider').press('End');
  await expect(tokens).toHaveCount(11);
  await expect(counts.last()).toHaveText('11');
  await expect(here).toContainText('no pair is left to glue');
  await expect(here).toContainText(
    'fewer than 10 times in what they were learned from: 1,679 of 2,778'
  );

  await page.getByRole('textbox').fill('Quantum chromodynamics');
  await expect(counts).toHaveText([
    '22',
    '20',
    '20',
    '16',
    '16',
    '16',
    '15',
    '15',
    '15'
  ]);
});
