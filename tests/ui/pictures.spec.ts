/**
 * The contract of a picture, over every picture that was built, in a plain page: no
 * JupyterLab, no kernel. A new folder in src/viz is tested without touching this file;
 * the promises stand in `picture-contract.ts`, what is special about one picture in
 * `picture_<id>.spec.ts`.
 */
import { readFileSync } from 'node:fs';

import { expect } from '@playwright/test';

import { TO_ITS_HOST, TO_THE_HAND, TO_THE_TRUTH } from './picture-contract';
import { leaveEachOther, looksWell } from './picture-looks';
import { BUILT, ids, test } from './picture-page';

for (const id of ids) {
  test.describe(id, () => {
    test.describe.configure({ mode: 'default' }); // one window for one picture

    test('keeps its promises', async ({ page }) => {
      const text = readFileSync(`${BUILT}/${id}.js`, 'utf8');
      expect(text).not.toMatch(/Math\.random/);
      expect(text).not.toMatch(/\bfrom\s*["']\.|import\(["']\./);
      for (const promises of [TO_ITS_HOST, TO_THE_HAND, TO_THE_TRUTH]) {
        for (const [promise, check] of Object.entries(promises)) {
          await test.step(promise, () => check(page, id));
        }
      }
    });

    test('is accessible and fits, light and dark, 250 and 640 px', async ({
      looks
    }) => {
      await looksWell(looks, id);
    });
  });
}

test('no picture changes the looks of another', async ({ page }) => {
  await leaveEachOther(page, ids);
});
