/**
 * The contract is worth what it catches: a good picture, spoilt in one way after the other,
 * breaks the promise that speaks of it.
 */
import { expect, type Page } from '@playwright/test';

import { TO_ITS_HOST, TO_THE_HAND, TO_THE_TRUTH } from './picture-contract';
import { leaveEachOther, looksWell } from './picture-looks';
import { test } from './picture-page';

const PROMISES: Readonly<
  Record<string, (page: Page, id: string) => Promise<void>>
> = { ...TO_ITS_HOST, ...TO_THE_HAND, ...TO_THE_TRUTH, looks: looksWell };

/** What is done to the picture when it is mounted, and the promise that breaks, and how. */
const FAULTS: ReadonlyArray<readonly [string, string, RegExp]> = [
  [
    '"the import above cannot be found from a blob"',
    'mounts empty, twice, and from a blob',
    /Failed to resolve module/
  ],
  [
    "addEventListener('resize', () => 0)",
    'leaves nothing behind on cleanup',
    /listeners/
  ],
  [
    "model.on('change:env', () => 0)",
    'leaves nothing behind on abort',
    /still watches/
  ],
  [
    'leave = (whole => () => (whole(), el.append("rest")))(leave)',
    'leaves nothing behind on cleanup',
    /toBeEmpty/
  ],
  [
    'const on = () => setTimeout(on, 50); on()',
    'with reduced motion nothing moves by itself',
    /toBeLessThanOrEqual/
  ],
  [
    'const on = () => setTimeout(on, 50); on()',
    'stops playing on a hidden page',
    /toEqual/
  ],
  [
    'meta.params = { ...meta.params, ghost: { min: 0, max: 1 } }',
    'goes where its host moves it',
    /ghost moves nothing/
  ],
  [
    'el.querySelector("[role=status]").replaceWith(said)',
    'speaks when a key moves something',
    /toHaveText/
  ],
  [
    'meta.keys = { ...meta.keys, F7: "nothing" }',
    'answers every key it names',
    /F7 does nothing/
  ],
  [
    'el.addEventListener("pointerenter", event => event.stopImmediatePropagation(), true)',
    'points by mouse and by key alike, and lights what is pointed at',
    /mouse points at nothing/
  ],
  [
    'el.addEventListener("focusout", event => event.stopImmediatePropagation(), true)',
    'points by mouse and by key alike, and lights what is pointed at',
    /a key left/
  ],
  [
    'el.querySelector("details").addEventListener("toggle", () => { el.querySelector("details td").textContent = "" })',
    'has a table that says what the drawing says',
    /toContain/
  ],
  [
    'el.addEventListener("input", () => el.firstChild.append(` ${0 / 0}`))',
    'has numbers to show at every end of every control',
    /NaN/
  ],
  [
    'el.firstChild.insertAdjacentHTML("beforeend", "<div style=width:300px>wide</div>")',
    'looks',
    /light, 250 px: sticks out/
  ],
  [
    'el.firstChild.insertAdjacentHTML("beforeend", "<div style=\\"width:30px;border:1px solid\\">unbreakable</div>")',
    'looks',
    /light, 250 px: leaves its box/
  ],
  [
    'el.firstChild.insertAdjacentHTML("beforeend", "<p style=color:#ddd;background:#fff>pale</p>")',
    'looks',
    /color-contrast/
  ]
];

/** Serve rope_dials as `faulty`, with `fault` done at the end of its render. */
async function spoil(page: Page, fault: string): Promise<void> {
  await page.route('**/viz/faulty.js', route =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'cache-control': 'no-store' },
      body: `
import picture, { compute, meta as real } from '/viz/rope_dials.js';
export { compute };
export const meta = structuredClone(real);
export default {
  render({ model, el, signal }) {
    let leave = picture.render({ model, el, signal });
    const said = Object.assign(document.createElement('p'), { textContent: 'deaf' });
    said.setAttribute('role', 'status');
    ${fault};
    return () => leave();
  }
};`
    })
  );
}

for (const [fault, promise, words] of FAULTS) {
  test(`${promise}: ${words.source}`, async ({ page, looks }) => {
    const on = promise === 'looks' ? looks : page;
    await on.reload(); // a module is kept as long as its page
    await spoil(on, fault);
    await expect(
      Promise.resolve(PROMISES[promise]?.(on, 'faulty'))
    ).rejects.toThrow(words);
    await on.unrouteAll();
    await on.reload();
  });
}

test('one that dresses others is found', async ({ page }) => {
  await spoil(
    page,
    'document.head.insertAdjacentHTML("beforeend", "<style>.nl-root p{padding:9px}</style>")'
  );
  await expect(
    leaveEachOther(page, ['softmax_bars', 'faulty'])
  ).rejects.toThrow(/softmax_bars is dressed by another/);
  await page.unrouteAll();
});
