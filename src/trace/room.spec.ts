import { describe, expect, it } from 'vitest';

import type { TraceManifest, TrainingRecord } from '../api/types.gen';
import { keptOf } from './memory';
import { labels, offered, tokensUpTo, written } from './names';
import { Room } from './room';
import { float32, manifest, server, step } from './sample';

const Q = { 'blocks.0.attn.q': [1, 1, 1, 2], 'blocks.0.attn.k': [1, 1, 1, 2] };
const many = Array.from({ length: 5 }, (_, n) => step(n, n, [`t${n}`], Q));

describe('the room', () => {
  it('opens a trace on a head and loads the steps that follow', async () => {
    const room = new Room(server(manifest(), many, {}, 2), () => '');
    await room.show('run');
    expect(room.trace?.steps).toHaveLength(5);
    expect(room.choice.tensor).toBe('blocks.0.attn.pattern');
    room.choose({ step: 99 });
    expect(room.choice.step).toBe(4);
    room.choose({ step: -3, tensor: 'nothing' });
    expect(room.choice).toMatchObject({
      step: 0,
      tensor: 'blocks.0.attn.pattern'
    });
  });

  it('comes back to a step on a later page', async () => {
    const room = new Room(server(manifest(), many, {}, 2), () => '');
    await room.show('run', { step: 4, tensor: 'blocks.0.attn.k' });
    expect(room.choice).toMatchObject({ step: 4, tensor: 'blocks.0.attn.k' });
  });

  it('says what cannot be opened, and can go back', async () => {
    const room = new Room(server(manifest(), many), () => '');
    await room.show('gone');
    expect(room.open).toMatchObject({
      kind: 'failed',
      sentence: 'There is no trace gone.'
    });
    room.close();
    expect(room.open.kind).toBe('nothing');
  });

  it('follows a live trace only from its last step', async () => {
    const grown = many.slice(0, 2);
    const room = new Room(
      server(manifest({ state: 'growing' }), grown),
      () => ''
    );
    await room.show('run', { step: 1 });
    grown.push(many[2]);
    await room.look();
    expect(room.choice.step).toBe(2);
    room.choose({ step: 0 });
    grown.push(many[3]);
    await room.look();
    expect(room.trace?.steps).toHaveLength(4);
    expect(room.choice.step).toBe(0);
  });

  it('asks once for numbers, however many want them', async () => {
    const api = server(manifest(), many, {
      '0/blocks.0.attn.q': float32([1, 1, 1, 2], [1, 2])
    });
    let asked = 0;
    const { numbers } = api;
    api.numbers = (...place) => {
      asked += Number(place[3] === 'blocks.0.attn.q');
      return numbers(...place);
    };
    const room = new Room(api, () => '');
    await room.show('run');
    const { trace } = room;
    await Promise.all(
      [1, 2, 3].map(() => trace?.numbers(0, 'blocks.0.attn.q'))
    );
    expect(asked).toBe(1);
    expect(trace?.peek(0, 'blocks.0.attn.q')?.values[1]).toBe(2);
    await expect(trace?.numbers(0, 'nothing')).rejects.toThrow('No numbers');
  });
});

describe('the steps around', () => {
  it('are here before they are asked for, nearest first, and only once', async () => {
    const name = 'blocks.0.attn.q';
    const api = server(
      manifest(),
      many,
      Object.fromEntries(
        many.map(({ step }) => [
          `${step}/${name}`,
          float32([1, 1, 1, 2], [step, 0])
        ])
      )
    );
    const asked: number[] = [];
    const { numbers } = api;
    api.numbers = (...place) => (asked.push(place[2]), numbers(...place));
    const room = new Room(api, () => '');
    await room.show('run', { step: 1, tensor: name });
    await expect
      .poll(() => many.every(({ step }) => room.trace?.peek(step, name)))
      .toBe(true);
    expect(asked).toEqual([1, 2, 3, 0, 4]);
    room.choose({ step: 3 });
    expect(room.trace?.peek(3, name)?.values[0]).toBe(3);
    await Promise.resolve();
    expect(asked).toHaveLength(5);
  });

  it('that cannot be fetched harm nothing', async () => {
    const room = new Room(server(manifest(), many), () => '');
    await room.show('run', { step: 1, tensor: 'blocks.0.attn.q' });
    await new Promise(done => setTimeout(done));
    expect(room.choice.step).toBe(1);
    expect(room.open.kind).toBe('ready');
  });
});

describe('what was kept', () => {
  it('is believed only when it is whole', async () => {
    const room = new Room(server(manifest(), many), () => '');
    await room.show('run');
    const kept = JSON.parse(JSON.stringify(room.kept)) as object;
    expect(keptOf(kept)).toEqual(room.kept);
    for (const wrong of [
      null,
      3,
      {},
      { ...kept, name: 4 },
      { ...kept, choice: { ...room.choice, step: -1 } },
      { ...kept, choice: { ...room.choice, way: 'html' } },
      { ...kept, choice: { ...room.choice, cell: [0] } }
    ]) {
      expect(keptOf(wrong)).toBeNull();
    }
  });
});

describe('names', () => {
  it('offers a pattern where queries and keys have numbers', () => {
    const names = (about: ReturnType<typeof manifest>, one = many[0]) =>
      offered(about, one).map(({ name }) => name);
    expect(names(manifest())).toContain('blocks.0.attn.pattern');
    const { model } = manifest();
    expect(names(manifest({ model: { ...model, config: {} } }))).not.toContain(
      'blocks.0.attn.pattern'
    );
    const dropped = {
      ...many[0],
      tensors: many[0].tensors.map(t => ({ ...t, kept: 'dropped' as const }))
    };
    expect(names(manifest(), dropped)).not.toContain('blocks.0.attn.pattern');
  });

  it('gathers the text from the steps, and leaves gaps where one is missing', () => {
    const text = (at: number, all = many) =>
      tokensUpTo(all, at, 0).map((token, n) => written(token, n));
    expect(text(2)).toEqual(['t0', 't1', 't2']);
    expect(text(1, [many[0], many[3]])).toEqual(['t0', '#1', '#2', 't3']);
    expect(text(0, [many[2]])).toEqual(['#0', '#1', 't2']);
    const anew = [many[0], many[1], step(2, 0, ['x'], {})];
    expect(text(2, anew)).toEqual(['x']);
  });

  it('names rows by token only where they are tokens', () => {
    const tokens = tokensUpTo(many, 2, 0);
    expect(labels('key', 3, tokens)).toEqual(['t0', 't1', 't2']);
    expect(labels('query', 1, tokens)).toEqual(['t2']);
    expect(labels('width', 2, tokens)).toEqual(['0', '1']);
  });
});

describe('a training', () => {
  const record = (step: number): TrainingRecord => ({
    step,
    loss: 3 - step,
    learning_rate: null,
    gradient: null,
    update: null,
    parts: [],
    sample: '',
    figures: {},
    not_finite: []
  });

  function training(total: { now: number; state: 'growing' | 'complete' }) {
    let paused = false;
    const about = (): TraceManifest =>
      manifest({ kind: 'training', state: total.state });
    return {
      ...server(about(), []),
      page: () =>
        Promise.resolve({
          manifest: about(),
          first: 0,
          total: 0,
          steps: [],
          lines: null,
          damaged: []
        }),
      training: (_: string, __: string, first: number) =>
        Promise.resolve({
          manifest: about(),
          first,
          total: total.now,
          paused,
          records: Array.from({ length: total.now }, (_, n) => record(n)).slice(
            first,
            first + 2
          ),
          damaged: []
        }),
      pauseTraining: (_: string, __: string, wish: boolean) => {
        paused = wish;
        return Promise.resolve();
      }
    };
  }

  it('is loaded page by page, stands on its end, and goes along while it grows', async () => {
    const total = { now: 3, state: 'growing' as 'growing' | 'complete' };
    const room = new Room(training(total), () => '');
    await room.show('run', {});
    expect(room.training?.records).toHaveLength(3);
    room.choose({ step: 2 });
    total.now = 5;
    await room.look();
    expect(room.training?.records.map(({ loss }) => loss)).toEqual([
      3, 2, 1, 0, -1
    ]);
    expect(room.choice.step).toBe(4);
    room.choose({ step: 1 });
    total.now = 6;
    await room.look();
    expect(room.choice.step).toBe(1); // whoever looks back is left there
    total.state = 'complete';
    await room.look();
    expect(room.training?.isGrowing).toBe(false);
    expect(room.trace?.manifest.state).toBe('complete');
  });

  it('waits and goes on when it is asked to', async () => {
    const room = new Room(training({ now: 1, state: 'growing' }), () => '');
    await room.show('run');
    await room.pause(true);
    expect(room.training?.isPaused).toBe(true);
    await room.training?.refresh();
    expect(room.training?.isPaused).toBe(true);
    await room.pause(false);
    expect(room.training?.isPaused).toBe(false);
  });
});
