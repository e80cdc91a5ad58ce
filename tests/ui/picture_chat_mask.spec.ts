/** What is special about chat_mask: what counts, what that does to the mean, what is sent. */
import { readFileSync } from 'node:fs';

import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

interface IRow {
  readonly targets: readonly number[];
  readonly losses: Readonly<Record<'before' | 'after', readonly number[]>>;
}

const { targets, losses }: IRow = JSON.parse(
  readFileSync('src/viz/chat_mask/example.json', 'utf8')
);
const asked = targets.length;
const count = targets.filter(target => target !== -1).length;

/** The losses of the tokens that count, or of the others, added up. */
function sum(of: 'before' | 'after', counting: boolean): number {
  return losses[of]
    .filter((_, n) => (targets[n] !== -1) === counting)
    .reduce((all, loss) => all + loss, 0);
}

const mean = (of: 'before' | 'after', counting: boolean): string =>
  (sum(of, counting) / (counting ? count : asked - count)).toFixed(2);

test('chat_mask: what is never asked is not learned', async ({ page }) => {
  await mount(page, 'chat_mask');
  const here = page.locator('#here');
  const counted = here.locator('.nl-count');
  await expect(here.locator('.nl-tile-under').nth(1)).toHaveText('?');
  await expect(counted).toBeHidden();
  await page.getByRole('button', { name: `${asked}`, exact: true }).click();
  await expect(here).toContainText(`Not so. The answer is “${count}”.`);
  await expect(counted).toContainText(
    `${sum('before', true).toFixed(2)} ÷ ${count} = ${mean('before', true)}: the mean loss. ` +
      `The others have a mean loss of ${mean('before', false)}.`
  );
  await page.getByRole('button', { name: 'Next guess' }).click();
  await page.getByRole('button', { name: 'It does not fall' }).click();
  await expect(here).toContainText(
    `You were right. Their mean loss was ${mean('before', false)}`
  );
  await expect(page.getByRole('radio', { name: 'after' })).toBeChecked();
  await expect(counted).toContainText(
    `${sum('after', true).toFixed(2)} ÷ ${count} = ${mean('after', true)}`
  );
  // the user's first word: as good as unknown, and never asked for
  const word = here.getByRole('button', {
    name: /^place 2: “w”, from the user/
  });
  const loss = losses.after[1].toFixed(1);
  await expect(word).toHaveAccessibleName(
    new RegExp(`does not count, loss ${loss}$`)
  );
  await word.click();
  await expect(here.locator('.nl-how')).toContainText('the target is −1');

  await page.getByRole('radio', { name: 'all places' }).check();
  await expect(word).toHaveAccessibleName(
    new RegExp(`, counts, loss ${loss}$`)
  );
  await expect(counted).toContainText(
    `${count} of ${asked} are written by the assistant`
  );
  await word.focus();
  await page.keyboard.press('b');
  const all = (sum('before', true) + sum('before', false)) / asked;
  await expect(counted).toContainText(`÷ ${asked} = ${all.toFixed(2)}`);
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
