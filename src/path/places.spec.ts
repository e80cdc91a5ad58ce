import { expect, it } from 'vitest';

import { placeOf } from './places';

const CELLS = [
  { id: 'a', exercise: null, source: '# hint("rows") is for later' },
  { id: 'b', exercise: null, source: "raw = 1\npredict( 'shape' )" },
  { id: 'c', exercise: null, source: 'reveal("shape", 1)\nquiz("rows_more")' },
  { id: 'd', exercise: 'rows', source: 'check("rows", ...)' },
  { id: 'e', exercise: null, source: 'quiz("q1")' }
];

it.each([
  ['shape', { cell: 'b', line: 2 }],
  ['rows', { cell: 'd', line: 1 }],
  ['rows_more', { cell: 'c', line: 2 }],
  ['q1', { cell: 'e', line: 1 }],
  ['gone', null]
])('%s is at %j', (item, place) => expect(placeOf(CELLS, item)).toEqual(place));

it('an exercise whose metadata are lost is found by its check', () => {
  const cells = CELLS.map(cell => ({ ...cell, exercise: null }));
  expect(placeOf(cells, 'rows')).toEqual({ cell: 'd', line: 1 });
});
