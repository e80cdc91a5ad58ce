/** What is special about bytes_of_text: what is typed opens into code points, bytes and ids. */
import { expect } from '@playwright/test';

import { mount, test, tell } from './picture-page';

test('bytes_of_text opens what is typed', async ({ page }) => {
  await mount(page, 'bytes_of_text');
  const here = page.locator('#here');
  const bytes = here.locator(
    '.nl-part:is([data-kind=whole],[data-kind=opens],[data-kind=continues]):not(i)'
  );
  await expect(bytes).toHaveText(['72', '105']);

  await page.getByRole('button', { name: '6', exact: true }).click();
  await expect(here).toContainText(
    'Not so. The answer is “7”. h takes 1, é takes 2, 🙂 takes 4.'
  );
  await expect(bytes).toHaveText([
    '104',
    '195',
    '169',
    '240',
    '159',
    '153',
    '130'
  ]);

  const field = page.getByRole('textbox', { name: 'Your text' });
  await field.fill('Né the');
  await expect(here).toContainText('6 characters as you see them');
  await here.getByRole('button', { name: 'é', exact: true }).click();
  await expect(here.locator('.nl-how')).toContainText(
    'é has the code point 233, in 2 bytes: 64 × (195 − 192) + (169 − 128) = 233.'
  );
  await expect(here.locator('[data-kind=id]').last()).toHaveText('260␣the');

  await field.fill(''); // nothing is lost, nothing breaks
  await expect(here).toContainText('Type something');

  // a vocabulary without a single merge: ids are bytes
  await tell(page, 'merges', { shape: [0, 2], data: [] });
  await tell(page, 'text', 'the');
  await expect(here.locator('[data-kind=id]')).toHaveCount(3);
});
