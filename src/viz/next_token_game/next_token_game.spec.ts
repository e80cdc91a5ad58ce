import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { openModel } from '../kit/gpt/files';
import { words } from '../kit/strings';
import { compute, dart, hit } from './compute';
import example from './example.json';
import { questions } from './game';
import golden from './golden.json';
import meta from './meta.json';
import { visible } from '../kit/bpe';
import { live, recorded, STOPS } from './source';
import { Telling } from './telling';
import { explained, rows, tail } from './texts';
import { STRINGS } from './words';

const say = words(STRINGS, {
  get: () => undefined,
  set: () => undefined,
  save_changes: () => undefined,
  on: () => undefined,
  off: () => undefined
});
const ALL = { temperature: 1, top_k: 0 };

const shipped = () => {
  const folder = `nanochat/checkpoints/${meta.inputs.model.checkpoint}`;
  const files = Object.fromEntries(
    ['meta.json', 'tokenizer.json', 'model.safetensors'].map(name => {
      const bytes = readFileSync(`${folder}/${name}`);
      return [
        name,
        new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      ];
    })
  );
  return openModel({ name: 'stories-base', files });
};

describe('compute', () => {
  it.each(golden.cases)(
    'gives the shares of the engine at temperature $temperature, top-k $top_k',
    place => {
      const { shares } = compute(golden, place);
      place.shares.forEach((share, rank) =>
        expect(shares[rank]).toBeCloseTo(share, 4)
      );
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
  );

  it('puts the best first, whatever the order, and the first of equals', () => {
    const { order, scores } = compute({ scores: [1, 3, 2, 3] }, ALL);
    expect(order).toEqual([1, 3, 2, 0]);
    expect(scores).toEqual([3, 3, 2, 1]);
    expect(() => compute({ scores: [] }, ALL)).toThrow(/at least one/);
  });
});

describe('chance', () => {
  it('hits each as often as its share says', () => {
    const shares = [0.5, 0.3, 0.2, 0];
    const hits = [0, 0, 0, 0];
    for (let seed = 0; seed < 100; seed++) {
      for (let place = 0; place < 100; place++) {
        hits[hit(shares, dart(seed, place))]! += 1;
      }
    }
    // standard deviation of a share among 10,000 throws: at most 0.005
    hits.forEach((times, rank) =>
      expect(Math.abs(times / 10_000 - (shares[rank] as number))).toBeLessThan(
        0.02
      )
    );
    expect(hits[3]).toBe(0);
  });

  it('is the same for the same seed and place, and stays below 1', () => {
    expect(dart(42, 3)).toBe(dart(42, 3));
    expect(dart(42, 3)).not.toBe(dart(43, 3));
    expect(dart(42, 3)).not.toBe(dart(42, 4));
    for (let n = 0; n < 2_000; n++) {
      const value = dart(n, n * 7);
      expect(value >= 0 && value < 1).toBe(true);
    }
    expect(hit([0.5, 0.5 - 1e-12, 0], 0.999_999_999_999_9)).toBe(1);
  });
});

describe('the recording', () => {
  it('says what the model in the page says', async () => {
    const model = live(shipped());
    const past = recorded();
    await model.reading.go(example.story.ids);
    for (const place of STOPS) {
      const then = compute(past.seen(place)!, ALL);
      const now = compute(model.seen(place)!, ALL);
      then.scores.forEach((score, rank) =>
        expect(Math.abs(score - (now.scores[rank] as number))).toBeLessThan(
          2e-3
        )
      );
      for (let layer = 0; layer < past.layers; layer++) {
        for (let head = 0; head < past.heads; head++) {
          const seen = Array.from(past.attention(layer, head, place)!);
          const found = model.attention(layer, head, place)!;
          expect(seen.length).toBe(found.length);
          seen.forEach((share, n) => expect(found[n]).toBeCloseTo(share, 3));
        }
      }
    }
    example.story.texts.forEach((text, place) => {
      expect(model.text(example.story.ids[place] as number, place)).toBe(text);
      if (place > 0) {
        expect(model.given(place)).toBeCloseTo(past.given(place)!, 3);
      }
    });
    expect(past.seen(1)).toBeNull();
    expect(past.attention(0, 0, 1)).toBeNull();
  });
});

describe('the game', () => {
  it('offers the token that comes, and counts both sides by the numbers', async () => {
    const source = recorded();
    let shown = 0;
    const list = questions(say, {
      show: length => {
        shown = length;
        return Promise.resolve();
      },
      shares: () => {
        const seen = source.seen(shown - 1)!;
        const all = compute(seen, ALL);
        return { all, name: rank => seen.name(all.order[rank] as number) };
      },
      settings: () => undefined
    });
    let [you, model] = [0, 0];
    list[0]?.pose?.();
    for (const [n, { place, options, names }] of example.places.entries()) {
      const truth = example.story.texts[place + 1] as string;
      const chosen = n % options.length;
      const { right, told } = await list[n]!.act(chosen);
      expect(options[right]).toBe(truth);
      you += chosen === right ? 1 : 0;
      model += names[0] === truth ? 1 : 0;
      expect(told).toContain(
        `you ${you} of ${n + 1}, the model ${model} of ${n + 1}`
      );
      expect(new Set(options).size).toBe(options.length);
    }
    expect(model).toBeGreaterThan(you);
  });
});

describe('the text', () => {
  const begun = async (): Promise<Telling> => {
    const model = live(shipped());
    const telling = new Telling(
      model,
      model,
      () => ALL,
      () => undefined
    );
    await telling.story(4);
    return telling;
  };
  const told = (telling: Telling): string =>
    telling.ids.map((_, place) => telling.text(place)).join('');

  it('goes on by chance, the same way for the same seed', async () => {
    const [one, other] = [await begun(), await begun()];
    for (let n = 0; n < 8; n++) {
      one.next();
      other.next();
    }
    expect(told(one)).toBe(told(other));
    expect(one.ids.length).toBe(12);
    expect(one.notice?.[0]).toBe('drawn');
    const texts = new Set<string>();
    for (let n = 0; n < 6; n++) {
      one.throwAnew();
      expect(one.ids.length).toBe(4);
      for (let step = 0; step < 8; step++) {
        one.next();
      }
      texts.add(told(one));
    }
    expect(texts.size).toBeGreaterThan(1);
  });

  it('takes what the learner chooses, behind the place in view', async () => {
    const telling = await begun();
    telling.take(1);
    expect(told(telling)).toBe('<|bos|>Tom was a');
    telling.next();
    telling.look(3);
    telling.take(0);
    expect(told(telling)).toBe('<|bos|>Tom was walk');
    expect([telling.at, telling.given]).toEqual([4, 4]);
    telling.back();
    telling.back();
    expect(told(telling)).toBe('<|bos|>Tom');
    for (let n = 0; n < 5; n++) {
      telling.back();
    }
    expect(told(telling)).toBe('<|bos|>');
  });

  it('may be the learner’s own; one that is too long is told, and nothing is lost', async () => {
    const telling = await begun();
    telling.begin('Mia had a kite 😀');
    expect(told(telling)).toMatch(/^<\|bos\|>Mia had a kite /);
    const before = telling.ids;
    expect(telling.begin('Tom was here. '.repeat(60))?.[0]).toBe('tooLong');
    expect(telling.ids).toBe(before);
  });

  it('ends at the full context, and behind the end of a text', async () => {
    const telling = await begun();
    const { context } = telling.source;
    await telling.put(Array.from({ length: context }, (_, n) => n % 200));
    expect(telling.next()).toBe(false);
    expect(telling.notice).toEqual(['full', context]);
    await telling.put([1015, 84, 1015]);
    expect(telling.next()).toBe(false);
    expect(telling.notice?.[0]).toBe('ended');
  });

  it('is read in slices that can be stopped', async () => {
    const telling = await begun();
    const ids = Array.from({ length: 256 }, (_, n) => (n * 31) % 1000);
    const reading = telling.put(ids);
    expect(telling.reading).toBe(true);
    telling.stop();
    expect(telling.notice?.[0]).toBe('stopped');
    expect(telling.ids.length).toBeLessThan(256);
    await reading;
    expect(telling.reading).toBe(false);
    await telling.put(ids);
    expect(telling.source.seen(255)).not.toBeNull();
  });

  it('without the model goes on as it was recorded', async () => {
    const telling = new Telling(
      recorded(),
      null,
      () => ALL,
      () => undefined
    );
    await telling.story((STOPS[0] as number) + 1);
    telling.take(0);
    expect(telling.notice?.[0]).toBe('onlyRecorded');
    const seen = [telling.at];
    while (telling.next()) {
      seen.push(telling.at);
    }
    seen.push(telling.at);
    expect(seen).toEqual(STOPS);
    telling.back();
    expect(telling.at).toBe(STOPS.at(-2));
  });
});

describe('the words', () => {
  const found = (scores: number[], choosing: typeof ALL) => ({
    all: compute({ scores }, choosing),
    name: (rank: number) => ` ${rank}`
  });

  it('tell how a share came about, also where there is none', () => {
    const choosing = { temperature: 2, top_k: 2 };
    const three = found([4, 2, 0], choosing);
    expect(explained(three, 1, choosing, say)).toBe(
      '“␣1” has the score 2.00, and the highest is 4.00. e to the power of (2.00 − 4.00) ÷ 2 is 0.368. The same for all tokens that may be chosen, added up: 1.37. 0.368 ÷ 1.37 = 26.9%.'
    );
    expect(explained(three, 2, choosing, say)).toContain(
      'not among the best 2'
    );
    const cold = { temperature: 0, top_k: 0 };
    expect(explained(found([1, 2], cold), 0, cold, say)).toContain(
      'everything'
    );
  });

  it('count the tokens that are not drawn', () => {
    const many = found(new Array<number>(20).fill(0), ALL);
    const told = rows(many, ' 3', say);
    expect(told.rest).toBe('The other 12 tokens together: 60.0%.');
    expect(told.rows.map(({ came }) => came).indexOf(true)).toBe(3);
  });

  it('show white space, and cut what is long', () => {
    expect(visible(' a\n\t')).toBe('␣a⏎⇥');
    expect(tail('x'.repeat(80))).toBe(`…${'x'.repeat(60)}`);
  });
});
