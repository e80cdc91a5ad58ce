/**
 * How every picture has to look: legible for all in light and dark, narrow and wide, and
 * the same whatever stands beside it.
 */
import { expect, type Page } from '@playwright/test';

import { axeSerious } from './axe';
import { look } from './look';
import { mount, unmount, VIEWPORT } from './picture-page';

/**
 * Light and dark, narrow and wide: nothing sticks out, axe finds nothing, and a picture of
 * the picture is kept. On the page without a clock of its own (`looks`).
 */
export async function looksWell(page: Page, id: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    for (const width of [250, 640]) {
      const where = `${theme}, ${width} px`;
      await page.setViewportSize({ width, height: 900 });
      await mount(page, id, '#here', { theme, reducedMotion: true });
      const wide = await page.evaluate(() => {
        for (const open of document.querySelectorAll('#here details')) {
          (open as HTMLDetailsElement).open = true;
        }
        return document.documentElement.scrollWidth;
      });
      expect(wide, `${where}: sticks out`).toBeLessThanOrEqual(width);
      if (theme === 'light' && width === 250) {
        expect(await spilt(page), `${where}: leaves its box`).toEqual([]);
      }
      await look(page, `${id}-${theme}-${width}`);
      await axeSerious(page, '#here', where);
      const guess = page.locator('#here .nl-question button').first();
      if (theme === 'dark' && width === 250 && (await guess.count())) {
        await guess.click();
        await expect(guess).not.toHaveAttribute('aria-disabled', 'true');
        await axeSerious(page, '#here', `${where}, answered`);
      }
      await unmount(page);
    }
  }
}

/**
 * No picture changes the looks of another. Each is measured alone, then all together; every
 * one stands in a frame of its own place and width, so that only styles can reach it.
 */
export async function leaveEachOther(
  page: Page,
  ids: readonly string[]
): Promise<void> {
  await page.setViewportSize(VIEWPORT);
  await page.evaluate(names => {
    for (const id of names) {
      const frame = document.createElement('main');
      frame.id = `frame-${id}`;
      frame.style.cssText = 'position:absolute;top:0;left:0;width:1000px';
      document.body.append(frame);
    }
  }, ids);
  const looks = (id: string): Promise<string[]> =>
    page
      .locator(`#frame-${id} .nl-root *`)
      .evaluateAll(all =>
        all.map(
          node =>
            JSON.stringify(node.getBoundingClientRect()) +
            getComputedStyle(node).color
        )
      );
  const alone = new Map<string, string[]>();
  for (const id of ids) {
    await mount(page, id, `#frame-${id}`);
    alone.set(id, await looks(id));
    await unmount(page);
  }
  for (const id of ids) {
    await mount(page, id, `#frame-${id}`);
  }
  for (const id of ids) {
    expect(await looks(id), `${id} is dressed by another`).toEqual(
      alone.get(id)
    );
  }
}

/**
 * Texts that leave the box they stand in (with a rim, or clipped), where a picture has the room
 * that a panel of 250 px leaves it. What a box scrolls does not leave it.
 */
function spilt(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const here = document.querySelector('#here') as HTMLElement;
    here.style.width = '200px';
    const isBox = (node: Element): boolean => {
      const { borderRightWidth, overflowX } = getComputedStyle(node);
      return borderRightWidth !== '0px' || overflowX !== 'visible';
    };
    const found = new Set<string>();
    const walk = document.createTreeWalker(here, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode;
      let box = text.parentElement as HTMLElement;
      // words for the ear alone are clipped away
      if (!box.checkVisibility() || box.closest('table, style, .nl-live')) {
        continue;
      }
      while (box !== here && !isBox(box)) {
        box = box.parentElement as HTMLElement;
      }
      const { clipPath, overflowX } = getComputedStyle(box);
      const { left, right } = box.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(text);
      const out = [...range.getClientRects()].some(
        part =>
          part.width > 1 && (part.left < left - 1.5 || part.right > right + 1.5)
      );
      if (out && clipPath === 'none' && !/auto|scroll/.test(overflowX)) {
        found.add((text.textContent ?? '').trim());
      }
    }
    here.style.removeProperty('width');
    return [...found].filter(Boolean);
  });
}
