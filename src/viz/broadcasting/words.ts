/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Two tables meet, place by place. Write their shapes under each other, the last sizes in line. Then go through the directions: equal sizes fit, a size of 1 (or none, which counts as 1) is reused, anything else breaks.',
  presets: 'Pairs to begin with',
  prices: 'prices + changes',
  upright: 'upright × flat',
  heads: 'sheets × one table',
  broken: 'does not fit',
  shapes: 'The two shapes, lined up',
  sheets: 'sheets',
  rows: 'rows',
  columns: 'columns',
  first: 'first',
  second: 'second',
  result: 'result',
  size: '%1, %2',
  none: 'none',
  verdictmissing: '',
  verdictequal: 'equal',
  verdictfirst: 'first is reused',
  verdictsecond: 'second is reused',
  verdictbreaks: '%1 meets %2: breaks',
  tableOf: '%1 %2',
  as: '%1 %2, used as %3',
  times: 'multiply in place of adding',
  reset: 'Start again (R)',
  sheet: 'sheet %1, ',
  at: '%1row %2, column %3',
  how: '%1: %2 %3 %4 = %5.',
  reused: ' The %1 is one of %2 numbers in the %3 table; it is used %4 times.',
  counts:
    'The first table holds %1 numbers, the second %2; the result has %3. Ghosts, the pale copies, are not in memory: the same numbers are read again.',
  illegal:
    'No result: %1. Neither of the two sizes is 1, so torch refuses, and says so.',
  illegalPart: 'in the direction “%1”, %2 meets %3',
  model:
    'A model with %3 heads has such a table, of shape (T, %1), for texts of up to T = %2 tokens: it marks where a token stands (its name is RoPE). Tensors of shape (B, %3, T, %1) meet it: all %3 sheets (heads) of all B texts use the one table.',
  liveFits: '%1 and %2 give %3.',
  liveBreaks: '%1 and %2 do not fit.',
  placeColumn: 'place',
  sizeRow: 'size: %1',
  dash: '–',
  and: ' and ',
  yes: 'Yes',
  no: 'No, they break',
  askRow:
    'Guess first: 2 changes, one for each row, shape (2,). Do they fit (2, 3)?',
  toldRow:
    'Shapes are lined up from the right: (2,) counts as (1, 2), and in the columns %1 meets %2. Stand them upright, (2, 1), and they fit.',
  askOuter:
    'Guess: 3 numbers upright, (3, 1), meet 3 numbers lying flat, (3,). How many numbers come out?',
  toldOuter:
    'Each meets each: the shape is (%1). Print shapes before you trust a result.',
  askHeads:
    'Guess: 4 sheets of 3 rows and 2 columns, shape (4, 3, 2), are multiplied by one table, (3, 2). How many numbers must the table hold in memory?',
  toldHeads:
    'One table of %1 serves all sheets; the other %2 places are ghosts.'
} as const;
