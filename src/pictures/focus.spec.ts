import { describe, expect, it } from 'vitest';

import type {
  ConceptId,
  NodeId,
  PictureId,
  PictureMeta
} from '../api/types.gen';
import { Field } from '../state/field';
import type { IPointing } from '../tokens';
import { PictureModel } from './picture';
import { PictureFocus } from './focus';

function meta(id: string): PictureMeta {
  return {
    api: 1,
    id: id as PictureId,
    title: id,
    concepts: ['attention.rope' as ConceptId],
    inputs: {},
    params: {},
    size: { width: 1, height: 1 },
    keys: {},
    alt: ''
  };
}

function setUp() {
  const pointing = new Field<IPointing | null>(null);
  const leaving = new AbortController();
  const bus = new PictureFocus(pointing, leaving.signal);
  const [one, two] = [new PictureModel(), new PictureModel()];
  const stage = document.createElement('div');
  bus.join(one, meta('one'), stage);
  bus.join(two, meta('two'), document.createElement('div'));
  return { pointing, leaving, stage, one, two };
}

describe('pictures on the selection bus', () => {
  it('tell where the learner points, and the others show it', () => {
    const { pointing, one, two } = setUp();
    one.set('focus', { pair: 3 });
    expect(pointing.value).toEqual({
      ids: ['concept:attention.rope', 'viz:one'],
      by: 'picture',
      focus: { pair: 3 }
    });
    expect(two.get('focus')).toEqual({ pair: 3 });
    one.set('focus', null);
    expect(pointing.value).toBeNull();
    expect(two.get('focus')).toBeNull();
  });

  it('name the concept of the part where it is another', () => {
    const { pointing, one } = setUp();
    one.set('focus', { row: 1, concept: 'attention.causal_mask' });
    expect(pointing.value?.ids).toEqual([
      'concept:attention.causal_mask',
      'viz:one'
    ]);
  });

  it('show what a picture elsewhere says, and do not repeat it', () => {
    const { pointing, one, two } = setUp();
    const elsewhere: IPointing = {
      ids: ['viz:other' as NodeId],
      by: 'picture',
      focus: { token: 2 }
    };
    const repeated = { token: 2, row: 2 };
    one.on('change:focus', () => one.set('focus', repeated));
    pointing.set(elsewhere);
    expect(two.get('focus')).toEqual({ token: 2 });
    expect(pointing.value).toBe(elsewhere);
    pointing.set({ ids: ['concept:x' as NodeId], by: 'graph' });
    expect(two.get('focus')).toBeNull();
  });

  it('leave the pointing of others alone', () => {
    const { pointing, one } = setUp();
    one.set('focus', { pair: 1 });
    const other: IPointing = { ids: [], by: 'code' };
    pointing.set(other);
    one.set('focus', null);
    expect(pointing.value).toBe(other);
  });

  it('are left with the pointer, whether they say so or not', () => {
    const { pointing, stage, one } = setUp();
    one.set('focus', { pair: 1 });
    stage.dispatchEvent(new Event('pointerleave'));
    expect(pointing.value).toBeNull();
    expect(one.get('focus')).toBeNull();
  });

  it('go with the page', () => {
    const { pointing, leaving, one, two } = setUp();
    one.set('focus', { pair: 1 });
    leaving.abort();
    expect(pointing.value).toBeNull();
    pointing.set({ ids: [], by: 'picture', focus: { pair: 5 } });
    expect(two.get('focus')).not.toEqual({ pair: 5 });
  });
});
