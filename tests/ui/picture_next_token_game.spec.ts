/**
 * What is special about next_token_game: the shipped model runs in the page. The numbers are
 * those that PyTorch gives (`example.json` and the notes have them).
 */
import { expect, type Page } from '@playwright/test';

import { axeSerious } from './axe';
import { look } from './look';
import { mount, state, test, unmount } from './picture-page';

const ID = 'next_token_game';
/** Longer than a slice of reading; 200 tokens. */
const LONG = 'Tom was walking in the park. '.repeat(25).trim();

/** Hand over the model's files, as a host does; `cut` leaves so many bytes of the weights. */
const bring = (page: Page, cut = Infinity) =>
  page.evaluate(async most => {
    const { picture } = window as unknown as {
      picture: { model: { set(key: string, value: unknown): void } };
    };
    const names = ['meta.json', 'tokenizer.json', 'model.safetensors'];
    const files: Record<string, DataView> = {};
    for (const name of names) {
      const response = await fetch(`/models/stories-base/${name}`);
      const bytes = await response.arrayBuffer();
      const length = Math.min(bytes.byteLength, most);
      files[name] = new DataView(bytes, 0, length);
    }
    picture.model.set('model', { name: 'stories-base', files });
  }, cut);

/** A model without merges, with all weights 0, that reads eight tokens. */
const bringBlank = (page: Page) =>
  page.evaluate(async () => {
    const { picture } = window as unknown as {
      picture: { model: { set(key: string, value: unknown): void } };
    };
    const text = async (name: string) =>
      (await fetch(`/models/stories-base/${name}`)).json();
    const tokenizer = { ...(await text('tokenizer.json')), merges: [] };
    const { config } = await text('meta.json');
    Object.assign(config, { sequence_len: 8, n_layer: 1, n_head: 1 });
    Object.assign(config, { n_kv_head: 1, n_embd: 4, vocab_size: 265 });
    const shapes = {
      'wte.weight': [265, 4],
      'lm_head.weight': [265, 4],
      'blocks.0.attn.c_qkv.weight': [12, 4],
      'blocks.0.attn.c_proj.weight': [4, 4],
      'blocks.0.mlp.c_fc.weight': [16, 4],
      'blocks.0.mlp.c_proj.weight': [4, 16]
    };
    let end = 0;
    const header = Object.entries(shapes).map(([name, shape]) => {
      const begin = end;
      end += 4 * (shape[0] as number) * (shape[1] as number);
      return [name, { dtype: 'F32', shape, data_offsets: [begin, end] }];
    });
    const bytes = (value: object) =>
      new TextEncoder().encode(JSON.stringify(value));
    const head = bytes(Object.fromEntries(header));
    const weights = new DataView(new ArrayBuffer(8 + head.length + end));
    weights.setBigUint64(0, BigInt(head.length), true);
    new Uint8Array(weights.buffer).set(head, 8);
    const view = (value: object) => new DataView(bytes(value).buffer);
    picture.model.set('model', {
      name: 'blank',
      files: {
        'meta.json': view({ config }),
        'tokenizer.json': view(tokenizer),
        'model.safetensors': weights
      }
    });
  });

const parts = (page: Page) => {
  const here = page.locator('#here');
  return {
    here,
    rows: here.locator('.nl-row'),
    chips: here.locator('.nl-chip-name'),
    about: here.locator('.nl-model'),
    notice: here.locator('.nl-notice'),
    question: here.locator('.nl-question'),
    own: here.getByRole('textbox', { name: /your own text/ })
  };
};

test('next_token_game runs the shipped model in the page', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(error.message));
  await mount(page, ID);
  const { here, rows, chips, about, notice, question, own } = parts(page);
  await expect(about).toContainText('Recorded numbers');
  await expect(own).toHaveCount(0);
  await bring(page);
  await expect(about).toContainText(
    'The model stories-base runs in this page, without a kernel: 851,968 weights'
  );
  await expect(about).toContainText('(WebAssembly)');

  await test.step('the game, counted against the model', async () => {
    await expect(here).toContainText('Guess first, then look.');
    for (const [answer, told] of [
      ['␣a', 'The story goes on with “␣walk”. The model gave it 58.2%'],
      ['ing', 'its first guess was “ing” with >99.9%. So far: you 1 of 2'],
      ['␣near', 'its first guess was “␣in” with 30.'],
      ['␣m', 'So far: you 3 of 4, the model 2 of 4.'],
      ['␣bird', 'The story goes on with “␣kitten”.'],
      ['␣kitten', 'its first guess was “␣kitten”'],
      ['␣so', 'So far: you 4 of 7, the model 4 of 7.']
    ]) {
      await question.getByRole('button', { name: answer, exact: true }).click();
      await expect(question).toContainText(told as string);
      await question.getByRole('button', { name: 'Next guess' }).click();
    }
    await question.getByRole('button', { name: 'It shrinks' }).click();
    await expect(question).toContainText('You were right. “␣walk” went from');
    await page.keyboard.press('r');
  });

  await test.step('a text of one’s own, read while it is typed', async () => {
    await own.fill('Tom was');
    await expect(rows.first()).toHaveText('␣walk58.2%14.39');
    await expect(here.locator('.nl-how')).toContainText('1 ÷ 1.72 = 58.2%');
    await own.press('End');
    await own.pressSequentially(' n'); // a letter here, not the key N
    await expect(chips).toHaveText(['<|bos|>', 'T', 'om', '␣was', '␣n']);
    await own.fill('Mia had a 🙂');
    await expect(chips.nth(1)).toHaveText('M');
    await expect(here.locator('.nl-after')).toContainText('🙂');
  });

  await test.step('choosing, chance, back and again', async () => {
    await here.getByRole('button', { name: 'Tom was', exact: true }).click();
    await rows.nth(1).click();
    await expect(chips).toHaveText(['<|bos|>', 'T', 'om', '␣was', '␣a']);
    await expect(rows.first()).toContainText('␣k');
    await expect(notice).toHaveText('You put “␣a” there, which had 41.8%.');
    await rows.first().press('n');
    await expect(chips).toHaveCount(6);
    await page.keyboard.press('b');
    await page.keyboard.press('b');
    await expect(chips).toHaveCount(4);
    // whoever walks the tokens stays among them when the text grows
    await here.locator('.nl-chip').nth(2).click();
    await page.keyboard.press('n');
    await expect(here.locator('.nl-chip').last()).toBeFocused();
    await page.keyboard.press('b');
    await here.getByRole('slider', { name: /^only/ }).fill('1');
    await expect(rows.first()).toHaveText('␣walk100.0%14.39');
    await here.getByRole('button', { name: 'Write on (P)' }).click();
    await expect(chips).toHaveCount(44); // motion is cut: all at once
    const written = await chips.allTextContents();
    expect(written.slice(4, 8)).toEqual(['␣walk', 'ing', '␣in', '␣the']);
    await here.getByRole('button', { name: /^Other throws/ }).click();
    await expect(here).toContainText('seed 43');
    await expect(chips).toHaveCount(4);
  });

  await test.step('attention of a head adds up', async () => {
    await here.getByRole('radio', { name: /attention/ }).check();
    for (const name of ['layer 0, head 1', 'layer 2, head 0']) {
      await here.getByRole('button', { name }).click();
      const shares = await here.locator('.nl-chip-text').allTextContents();
      const sum = shares.reduce(
        (all, text) => all + parseFloat(text.replace(/[<>]/, '')),
        0
      );
      expect(Math.abs(sum - 100)).toBeLessThanOrEqual(shares.length);
    }
  });

  await test.step('a long text comes in slices, and can be stopped', async () => {
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() =>
        seen.push(document.querySelector('.nl-notice')?.textContent ?? '')
      ).observe(document.querySelector('.nl-notice') as Element, {
        childList: true
      });
    });
    await own.fill(LONG);
    await expect(rows.first()).toBeVisible();
    await expect(notice).toHaveText('');
    const seen = await page.evaluate(
      () => (window as unknown as { seen: string[] }).seen
    );
    const slices = seen.filter(text => /^Reading: \d+ of \d+/.test(text));
    expect(slices.length).toBeGreaterThan(1);
    const whole = await chips.count();
    await page.evaluate(() => {
      const field = document.querySelector(
        '#here textarea'
      ) as HTMLTextAreaElement;
      field.value = `Mia ${field.value}`;
      field.dispatchEvent(new Event('input'));
      (document.querySelector('#here [data-play]') as HTMLElement).click();
    });
    await expect(notice).toHaveText(/^Stopped after \d+ of \d+ tokens\.$/);
    expect(await chips.count()).toBeLessThan(whole);
    await own.fill(`${LONG} ${LONG}`);
    await expect(here.getByRole('alert')).toContainText(
      'this model reads at most 256'
    );
    await expect(own).toHaveValue(`${LONG} ${LONG}`);
  });

  await test.step('leaves nothing behind in the middle of reading', async () => {
    await page.evaluate(text => {
      const field = document.querySelector(
        '#here textarea'
      ) as HTMLTextAreaElement;
      field.value = `Ben ${text}`;
      field.dispatchEvent(new Event('input'));
    }, LONG);
    await unmount(page);
    await expect(here).toBeEmpty();
    const before = await state(page);
    await page.clock.runFor(500);
    expect((await state(page)).timers).toBe(before.timers);
  });
  expect(errors).toEqual([]);
});

test('next_token_game without WebAssembly, with damaged weights, and for all eyes', async ({
  looks
}) => {
  await looks.setViewportSize({ width: 250, height: 900 });
  await mount(looks, ID, '#here', { theme: 'dark', reducedMotion: true });
  const { rows, about, question } = parts(looks);
  await bring(looks, 900_000);
  await expect(about).toContainText('The weights of the model cannot be used');
  await expect(about).toContainText('Recorded numbers');
  await looks.evaluate(() => {
    WebAssembly.Module = class {
      constructor() {
        throw new WebAssembly.CompileError('refused by the page');
      }
    } as unknown as typeof WebAssembly.Module;
  });
  await bring(looks);
  await expect(about).toContainText('(JavaScript)');
  await question.getByRole('button', { name: '␣walk', exact: true }).click();
  await expect(rows.first()).toHaveText('␣walk58.2%14.39');
  expect(
    await looks.evaluate(() => document.documentElement.scrollWidth)
  ).toBeLessThanOrEqual(250);
  await axeSerious(looks, '#here');
  await look(looks, `${ID}-live`, { fullPage: true });

  // another model, with other tokens and little room: no game of this story
  await bringBlank(looks);
  const { chips, here, notice } = parts(looks);
  await expect(about).toContainText('The model blank runs in this page');
  await expect(question).toHaveCount(0);
  await expect(chips).toHaveText(['<|bos|>', ...'Tom␣was']);
  await expect(rows.first()).toContainText('0.4%'); // of 265 equal ones
  await here.getByRole('button', { name: 'Next token by chance (N)' }).click();
  await expect(notice).toContainText('The text has 8 tokens');
  await unmount(looks);
});
