/** What is special about dot_product: turned past the right angle, the number changes sign. */
import { expect } from '@playwright/test';

import { mount, test } from './picture-page';

test('dragged, turned and brought to one length, the number follows', async ({
  page
}) => {
  await mount(page, 'dot_product');
  const here = page.locator('#here');
  const dot = here.locator('.nl-sum strong');
  await page.getByRole('button', { name: '0', exact: true }).click();
  await expect(here).toContainText(
    'Not so. The answer is “Below 0”. −9 + (−1)'
  );
  await expect(page.getByLabel('film C')).toBeChecked();

  // drag the tip from film C onto film D
  const field = (await here.locator('.nl-plane').boundingBox())!;
  const at = (x: number, y: number): [number, number] => [
    field.x + ((x + 7) / 14) * field.width,
    field.y + ((7 - y) / 14) * field.height
  ];
  await page.mouse.move(...at(-3, -1));
  await page.mouse.down();
  await page.mouse.move(...at(2, 4), { steps: 3 });
  await page.mouse.move(...at(6, 2), { steps: 3 });
  await page.mouse.up();
  await expect(dot).toHaveText('20');
  await expect(page.getByLabel('film D')).toBeChecked();
  await page.keyboard.press('ArrowUp'); // the tip has the focus
  await expect(dot).toHaveText('21');

  await page.getByLabel('film A').check();
  const turn = page.getByRole('slider', { name: /turn it/ });
  await turn.fill('85');
  await expect(here).toContainText('Above 0: less than a right angle');
  await turn.press('ArrowRight');
  await expect(dot).toHaveText('0');
  await turn.press('ArrowRight');
  await expect(here).toContainText('Below 0: more than a right angle');

  for (const film of ['film A', 'film D']) {
    await page.getByLabel(film).check();
    await page.getByLabel(/same length first/).check();
    await expect(dot).toHaveText('2');
  }
});
