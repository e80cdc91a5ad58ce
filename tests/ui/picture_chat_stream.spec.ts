/** What is special about chat_stream: the mask, marks that cannot be typed, the calculator. */
import { expect } from '@playwright/test';

import { mount, tell, test } from './picture-page';

test('chat_stream: a chat is one row of ids with a mask', async ({ page }) => {
  await mount(page, 'chat_stream');
  const here = page.locator('#here');
  const ids = here.locator('.nl-tile-under');
  await expect(ids).toHaveText(
    '1015 1016 72 105 1017 1018 930 46 1019'.split(' ')
  );
  await page.getByRole('button', { name: '9', exact: true }).click();
  await expect(here).toContainText(
    'Not so. The answer is “3”. Hello · . · <|assistant_end|>.'
  );
  await expect(here).toContainText('3 tokens count when the model is trained.');

  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await expect(here).toContainText('became 6 ordinary tokens');
  await expect(here.getByText('1015', { exact: true })).toHaveCount(1);

  const said = page.getByRole('textbox', { name: 'You say' });
  await said.fill('');
  await expect(here).toContainText('A message is empty.');
  await expect(ids).toHaveCount(13); // as before
  await said.fill('Him');
  await expect(here.locator('.nl-bubble').first()).toHaveText('Him');

  await page.getByRole('radio', { name: 'a sum' }).check();
  const tool = here.locator('.nl-tile[data-kind^="tool"]');
  await expect(tool.first()).toHaveAccessibleName(/output_start.*given/);
  await tell(page, 'messages', [{ role: 'assistant', content: 'I begin.' }]);
  await expect(here).toContainText('user and assistant take turns');
});
