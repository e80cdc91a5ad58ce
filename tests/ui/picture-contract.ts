/**
 * The promises every picture keeps, each as a check of one picture on one page. A check
 * mounts the picture afresh and takes it away again, so that many share a page.
 * Looks are in `picture-looks.ts`. `pictures.spec.ts` holds all pictures to them,
 * `picture_faults.spec.ts` breaks each once.
 */
import { expect, type Page } from '@playwright/test';

import {
  answerAll,
  focusOf,
  mount,
  noticed,
  REACHABLE,
  restMouse,
  slips,
  state,
  tell,
  unmount
} from './picture-page';

type Check = (page: Page, id: string) => Promise<void>;

/** A check of a picture that is mounted in `#here`, with motion cut. */
const mounted =
  (check: Check): Check =>
  async (page, id) => {
    const errors: string[] = [];
    const hear = (error: Error): void => void errors.push(error.message);
    page.on('pageerror', hear);
    await mount(page, id);
    await check(page, id);
    expect(errors).toEqual([]);
    page.off('pageerror', hear);
    await restMouse(page);
    await unmount(page);
    await expect(page.locator('#here')).toBeEmpty({ timeout: 2_000 });
  };

const metaOf = <T>(page: Page, id: string, key: string): Promise<T> =>
  page.evaluate(
    async ([name, what]) =>
      (await import(`/viz/${name}.js`)).meta[what as string],
    [id, key]
  );

/** What a picture owes its host. */
export const TO_ITS_HOST: Readonly<Record<string, Check>> = {
  'exports default, compute and meta, and nothing else': async (page, id) => {
    const exported = await page.evaluate(
      async name => Object.keys(await import(`/viz/${name}.js`)).sort(),
      id
    );
    expect(exported).toEqual(['compute', 'default', 'meta']);
  },

  'mounts empty, twice, and from a blob': mounted(async (page, id) => {
    await mount(page, id, '#there', { theme: 'dark' }, true);
    for (const where of ['#here', '#there']) {
      await expect(page.locator(`${where} .nl-root`)).toBeVisible();
    }
    await unmount(page);
    await expect(page.locator('#there')).toBeEmpty();
  }),

  'leaves nothing behind on cleanup': (page, id) => leaves(page, id, 'cleanup'),
  'leaves nothing behind on abort': (page, id) => leaves(page, id, 'abort'),

  'goes where its host moves it': mounted(async (page, id) => {
    const params = await metaOf<Record<string, { min: number; max: number }>>(
      page,
      id,
      'params'
    );
    for (const [name, { min, max }] of Object.entries(params)) {
      const shown: string[] = [];
      for (const end of [min, max]) {
        await tell(page, name, end);
        shown.push(await page.locator('#here').innerHTML());
        expect(await slips(page)).toEqual([]);
      }
      expect(shown[0], `${name} moves nothing`).not.toBe(shown[1]);
    }
  }),

  'with reduced motion nothing moves by itself': mounted(async page => {
    const play = page.locator('#here [data-play]').first();
    if (await play.count()) {
      await play.click();
    }
    await page.locator('#here [data-key]').first().press('ArrowRight');
    await page.clock.runFor(100);
    const now = (): Promise<number> => page.evaluate(() => Date.now());
    const began = await now();
    const before = await state(page);
    const running = await page.evaluate(() => document.getAnimations().length);
    await page.clock.runFor(1_000);
    const after = await state(page);
    expect(running).toBe(0);
    expect(after.frames).toBe(before.frames);
    // cuts, at a pace that is no motion: three a second
    const most = (((await now()) - began) / 1_000) * 3 + 1;
    expect(after.timers - before.timers).toBeLessThanOrEqual(most);
  }),

  'stops playing when scrolled away': (page, id) =>
    stops(page, id, async () => {
      await page.evaluate(async () => {
        document.body.style.paddingTop = '4000px';
        // The browser tells it with its next real frame, whatever the clock here says.
        await new Promise<void>(told => {
          const eye = new IntersectionObserver(([{ isIntersecting }]) => {
            if (!isIntersecting) {
              eye.disconnect();
              told();
            }
          });
          eye.observe(document.querySelector('#here') as Element);
        });
      });
      return () => document.body.style.removeProperty('padding-top');
    }),

  'stops playing on a hidden page': (page, id) =>
    stops(page, id, async () => {
      await page.evaluate(() => {
        Object.defineProperty(document, 'hidden', {
          value: true,
          configurable: true
        });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      return () => delete (document as { hidden?: boolean }).hidden;
    })
};

/** What a picture owes to whoever uses it by key or mouse. */
export const TO_THE_HAND: Readonly<Record<string, Check>> = {
  'speaks when a key moves something': mounted(async page => {
    const live = page.locator('#here [role="status"]');
    const before = await live.textContent();
    // the first control that names the key it answers to
    const control = page.locator('#here [data-key]').first();
    await control.focus();
    await page.keyboard.press(
      (await control.getAttribute('data-key')) ?? 'Enter'
    );
    await expect(live).not.toHaveText(before ?? '', { timeout: 2_000 });
  }),

  'answers every key it names': mounted(async (page, id) => {
    const keys = Object.keys(await metaOf<object>(page, id, 'keys'));
    expect(keys.length).toBeGreaterThan(0);
    let last = 0; // the control that answered last may well answer the next key
    for (const key of keys.flatMap(entry => entry.split(' / '))) {
      const controls = await page.locator(REACHABLE).all();
      const order = [...controls.keys()].sort(
        (a, b) => Number(b === last) - Number(a === last)
      );
      let answered = false;
      for (const n of order) {
        await controls[n]?.focus();
        const before = await noticed(page);
        await page.keyboard.press(key);
        answered = (await noticed(page)) !== before;
        if (answered) {
          last = n;
          break;
        }
      }
      expect(answered, `${key} does nothing`).toBe(true);
    }
  }),

  'points by mouse and by key alike, and lights what is pointed at': mounted(
    async (page, id) => {
      const found = {
        key: await pointedByKey(page),
        mouse: await pointedByMouse(page)
      };
      const concepts = await metaOf<string[]>(page, id, 'concepts');
      for (const [by, all] of Object.entries(found)) {
        expect(all.length, `${by} points at nothing`).toBeGreaterThan(0);
        for (const focus of all) {
          if ('concept' in focus) {
            expect(concepts).toContain(focus.concept);
          }
        }
        const last = all.at(-1);
        await tell(page, 'focus', all[0]);
        const before = await page.locator('#here').innerHTML();
        await tell(page, 'focus', last);
        const after = await page.locator('#here').innerHTML();
        expect(after === before, `${by}: the host's focus lights nothing`).toBe(
          JSON.stringify(last) === JSON.stringify(all[0])
        );
        await tell(page, 'focus', null);
      }
      await tell(page, 'focus', {
        token: 999,
        row: 999,
        column: 999,
        head: 99
      });
      expect(await slips(page)).toEqual([]);
      await tell(page, 'focus', null);
    }
  )
};

/** What a picture owes to the truth. */
export const TO_THE_TRUTH: Readonly<Record<string, Check>> = {
  'has a table that says what the drawing says': mounted(async page => {
    await page.locator('#here details > summary').click();
    const table = page.locator('#here details table');
    await expect(table).toBeVisible();
    const rows = await table
      .locator('tr')
      .evaluateAll(all =>
        all.map(row =>
          [...row.children].map(cell => (cell.textContent ?? '').trim())
        )
      );
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row.length).toBe(rows[0]?.length);
      expect(row).not.toContain('');
    }
  }),

  'has numbers to show at every end of every control': mounted(async page => {
    const check = async (): Promise<void> =>
      expect(await slips(page)).toEqual([]);
    await check();
    const sliding =
      '#here :is(input[type=range]:not([disabled]), [role=slider])';
    for (const control of await page.locator(sliding).all()) {
      await control.focus();
      for (const end of ['Home', 'End']) {
        await page.keyboard.press(end);
        await check();
      }
    }
    for (const radio of await page.locator('#here input[type=radio]').all()) {
      await radio.check();
      await check();
    }
    await answerAll(page, check);
  })
};

async function leaves(
  page: Page,
  id: string,
  way: 'cleanup' | 'abort'
): Promise<void> {
  const before = await state(page);
  await mount(page, id, '#here', { theme: 'light' });
  const play = page.locator('#here [data-play]').first();
  if (await play.count()) {
    await play.click(); // leave in the middle of a movement
  }
  expect(await unmount(page, way), 'still watches the model').toBe(0);
  await expect(page.locator('#here')).toBeEmpty({ timeout: 2_000 });
  const after = await state(page);
  expect(after.listeners, 'listeners').toBe(before.listeners);
  await page.clock.runFor(800);
  const later = await state(page);
  expect([later.frames, later.timers]).toEqual([after.frames, after.timers]);
}

/** Begin to play, let `away` take the page away, and nothing plays on; `away` says the undo. */
async function stops(
  page: Page,
  id: string,
  away: () => Promise<() => void>
): Promise<void> {
  const { timers } = await state(page);
  await mount(page, id, '#here', { theme: 'light', reducedMotion: false });
  const play = page.locator('#here [data-play]').first();
  if (await play.count()) {
    await play.click();
    await expect
      .poll(async () => (await state(page)).timers)
      .toBeGreaterThan(timers + 1);
    const back = await away();
    await page.clock.runFor(500);
    const before = await state(page);
    await page.clock.runFor(800);
    const after = await state(page);
    expect([after.timers, after.frames]).toEqual([
      before.timers,
      before.frames
    ]);
    await page.evaluate(`(${back})()`);
  }
  await unmount(page);
}

/** What is pointed at from each place a keyboard reaches; leaving it ends the pointing. */
async function pointedByKey(page: Page): Promise<Array<{ concept?: string }>> {
  const told = await page.evaluate(reachable => {
    const { picture } = window as unknown as {
      picture: { model: { get(key: string): unknown } };
    };
    const stands = (): unknown => picture.model.get('focus') ?? null;
    const all = (): HTMLElement[] => [
      ...document.querySelectorAll<HTMLElement>(reachable)
    ];
    return all().map((_, n) => {
      const part = all()[n];
      if (!part?.checkVisibility() || part.getAttribute('tabindex') === null) {
        return { focus: null, after: null };
      }
      part.focus();
      const focus = structuredClone(stands());
      part.blur();
      return { focus, after: structuredClone(stands()) };
    });
  }, REACHABLE);
  expect(
    told.filter(({ after }) => after !== null),
    'a key left, and is still pointing'
  ).toEqual([]);
  return told.flatMap(({ focus }) => (focus === null ? [] : [focus]));
}

/** The same for the mouse, over every place that can be seen. */
async function pointedByMouse(
  page: Page
): Promise<Array<{ concept?: string }>> {
  const all = `${REACHABLE}, #here .nl-column`;
  const count = await page.locator(all).count();
  const found: Array<{ concept?: string }> = [];
  for (let n = 0; n < count; n++) {
    const at = await page.evaluate(
      ([which, place]) => {
        const part = document.querySelectorAll(which as string)[
          place as number
        ];
        if (!part?.checkVisibility({ visibilityProperty: true })) {
          return null;
        }
        part.scrollIntoView({ block: 'nearest' });
        const { x, y, width, height } = part.getBoundingClientRect();
        const middle = { x: x + width / 2, y: y + height / 2 };
        const hit = document.elementFromPoint(middle.x, middle.y);
        const covered = !part.contains(hit) && !hit?.contains(part);
        return width * height === 0 ? null : { ...middle, covered };
      },
      [all, n] as const
    );
    if (at !== null) {
      expect(at.covered, 'something lies over it').toBe(false);
      await page.mouse.move(at.x, at.y);
      const focus = (await focusOf(page)) as object | null;
      await restMouse(page);
      if (focus !== null) {
        found.push(focus);
      }
      expect(
        await focusOf(page),
        'the mouse left, and still points'
      ).toBeNull();
    }
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  return found;
}
