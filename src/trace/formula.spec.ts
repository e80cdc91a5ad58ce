import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { explain } from './formula';
import { OpenTrace } from './open-trace';
import { float32, manifest, server, step } from './sample';

const trans = nullTranslator.load('');
const Q = 'blocks.0.attn.q';
const K = 'blocks.0.attn.k';

// Two queries per key head; prefill of two tokens, then one token with the cache.
const steps = [
  step(0, 0, ['a', 'b'], { [Q]: [1, 2, 2, 2], [K]: [1, 1, 2, 2] }),
  step(1, 2, ['c'], {
    [Q]: [1, 2, 1, 2],
    [K]: [1, 1, 1, 2],
    'blocks.0.resid_pre': [1, 1, 2],
    'blocks.0.attn.out': [1, 1, 2],
    'blocks.0.resid_mid': [1, 1, 2],
    'blocks.0.resid_post': [1, 1, 2],
    logits: [1, 1, 2]
  })
];
const numbers = {
  [`0/${Q}`]: float32([1, 2, 2, 2], [1, 0, 0, 1, 1, 1, 2, 0]),
  [`0/${K}`]: float32([1, 1, 2, 2], [1, 2, 3, 4]),
  [`1/${Q}`]: float32([1, 2, 1, 2], [1, 1, 0.5, -1]),
  [`1/${K}`]: float32([1, 1, 1, 2], [0, 1]),
  '1/blocks.0.resid_pre': float32([1, 1, 2], [1, 2]),
  '1/blocks.0.resid_mid': float32([1, 1, 2], [1.5, -2]),
  '1/blocks.0.attn.out': float32([1, 1, 2], [0.5, -4])
};

async function asked(
  tensor: string,
  at: number[],
  row: number,
  column: number,
  n = 1,
  all = steps
) {
  const trace = await OpenTrace.open(
    server(manifest(), all, numbers),
    '',
    'run'
  );
  return explain({ trace, step: n, tensor, at, row, column }, trans);
}

describe('how a number came about', () => {
  it('a share: from the keys of all steps, in the head that serves', async () => {
    // by hand: query (0.5, −1) on keys (1,2) (3,4) (0,1): −1.5, −2.5, −1; the scale is 2/2
    const powers = [-1.5, -2.5, -1].map(Math.exp);
    const all = powers[0] + powers[1] + powers[2];
    for (const column of [0, 1, 2]) {
      const found = await asked('blocks.0.attn.pattern', [0, 1], 0, column);
      expect(found.kind).toBe('made');
      expect(found.kind === 'made' && found.result).toBeCloseTo(
        powers[column] / all,
        6
      );
    }
  });

  it('what comes later has no share', async () => {
    const found = await asked('blocks.0.attn.pattern', [0, 0], 0, 1, 0);
    expect(found).toMatchObject({ kind: 'made', result: 0 });
  });

  it('nothing is worked out when a step before is missing', async () => {
    const found = await asked('blocks.0.attn.pattern', [0, 1], 0, 0, 0, [
      steps[1]
    ]);
    expect(found).toEqual({ kind: 'missing', names: [K] });
  });

  it('the stream is a sum', async () => {
    const found = await asked('blocks.0.resid_mid', [0], 0, 1);
    expect(found).toMatchObject({ kind: 'made', result: -2 });
    expect(found.kind === 'made' && found.lines.at(-1)).toBe('2 + (−4) = −2');
  });

  it('says what would have to be recorded', async () => {
    expect(await asked('blocks.0.resid_post', [0], 0, 0)).toEqual({
      kind: 'missing',
      names: ['blocks.0.mlp.out']
    });
    expect(await asked('logits', [0], 0, 0)).toEqual({
      kind: 'missing',
      names: ['logits_raw']
    });
  });

  it('says when weights made it', async () => {
    expect(await asked(Q, [0, 0], 0, 0)).toEqual({ kind: 'weights' });
  });
});
