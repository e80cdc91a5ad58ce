/** What is special about regex_split: typed text is cut, and a piece names its rule. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('regex_split cuts what is typed, and says by which rule', async ({
  page
}) => {
  await mount(page, 'regex_split');
  const here = page.locator('#here');
  const pieces = here.locator('.nl-tile-text');
  await expect(pieces).toHaveText(['well', '-known', '␣dog']);

  await page.getByRole('button', { name: '5', exact: true }).click();
  await expect(here).toContainText('Not so. The answer is “8”.');
  const cut = ['It', "'s", '␣', '20', '24', ',', '␣no', '?'];
  await expect(pieces).toHaveText(cut);
  await pieces.nth(1).click();
  await expect(here.locator('.nl-rules [data-chosen]')).toContainText(
    'the end of a short form'
  );

  await page.getByRole('textbox').fill('a   b\n');
  await expect(pieces).toHaveText(['a', '␣␣', '␣b', '⏎']);
  await here.locator('.nl-tile').nth(1).focus();
  await page.keyboard.press('ArrowRight');
  await expect(here.locator('.nl-how')).toContainText(
    'Piece 3, “␣b”: the rules before do not fit here, rule 2 does:'
  );
});
