/** What is special about chat_mask: what counts, what that does to the mean, what is sent. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('chat_mask: what is never asked is not learned', async ({ page }) => {
  await mount(page, 'chat_mask');
  const here = page.locator('#here');
  const counted = here.locator('.nl-count');
  await expect(here.locator('.nl-tile-under').nth(1)).toHaveText('?');
  await expect(counted).toBeHidden();
  await page.getByRole('button', { name: '47', exact: true }).click();
  await expect(here).toContainText('Not so. The answer is “23”.');
  await expect(counted).toContainText(
    '241.09 ÷ 23 = 10.48: the mean loss. The others have a mean loss of 9.85.'
  );
  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'It does not fall' }).click();
  await expect(here).toContainText('You were right. Their mean loss was 9.85');
  await expect(page.getByRole('radio', { name: 'after' })).toBeChecked();
  await expect(counted).toContainText('2.22 ÷ 23 = 0.10');
  // the user's first word: as good as unknown, and never asked for
  const word = here.getByRole('button', {
    name: /^place 2: “w”, from the user/
  });
  await expect(word).toHaveAccessibleName(/does not count, loss 8\.7$/);
  await word.click();
  await expect(here.locator('.nl-how')).toContainText('the target is −1');

  await page.getByRole('radio', { name: 'all places' }).check();
  await expect(word).toHaveAccessibleName(/, counts, loss 8\.7$/);
  await expect(counted).toContainText('23 of 47 are written by the assistant');
  await word.focus();
  await page.keyboard.press('b');
  await expect(counted).toContainText('÷ 47 = 10.16');
});

test('chat_mask shows a row that is sent, and says what is none', async ({
  page
}) => {
  const chat = ['<|bos|>', '<|user_start|>', 'Hi', '<|user_end|>'];
  const answer = ['<|assistant_start|>', 'Yes', '<|assistant_end|>'];
  await mount(page, 'chat_mask', '#here', { theme: 'light' }, false, {
    tokens: [...chat, ...answer],
    ids: [9, 8, 1, 7, 6, 2, 5]
  });
  const here = page.locator('#here');
  await expect(here.locator('.nl-tile-under')).toHaveText([
    '',
    '−1',
    '−1',
    '−1',
    '−1',
    '2',
    '5'
  ]);
  await expect(here).toContainText('2 of 6 tokens that are asked for count.');
  await expect(here.locator('.nl-question')).toHaveCount(0);

  await mount(page, 'chat_mask', '#there', { theme: 'light' }, false, {
    tokens: ['<|bos|>', 'Once'],
    ids: [9, 1]
  });
  await expect(page.locator('#there')).toContainText(
    'Token 1, “Once”, belongs to nobody'
  );
});
