/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Left: what each person buys. Above: what each shop asks. Every cell of the result is one dot product: the row at its left with the column above it.',
  introNumbers:
    'Every cell of the result is one dot product: the row at its left with the column above it.',
  tables: 'The result between its two tables',
  person: 'person %1',
  shop: 'shop %1',
  bread: 'bread',
  milk: 'milk',
  eggs: 'eggs',
  rowName: 'row %1',
  columnName: 'col %1',
  inner: '%1',
  cell: '%1, %2: %3',
  hidden: 'not shown yet',
  term: '%1: %2 × %3 = %4',
  sum: 'so far %1',
  add: 'Add up, term by term',
  next: 'Next term',
  stop: 'Stop',
  reset: 'Start again (R)',
  more: 'bread for person 2',
  how: '%1, %2: %3 = %4',
  shapes:
    '(%1, %2) times (%2, %3) gives (%1, %3): the inner sizes, %2 and %2, must be equal, and they vanish. Each of the %4 cells takes %2 multiplications: %5 in all.',
  askCell:
    'Guess first: person 2 buys %1 of bread, milk and eggs. Shop 2 asks %2. What does person 2 pay there?',
  toldCell: '%1 = %2.',
  askRow:
    'Guess: person 2 buys 3 loaves of bread in place of 2. How many numbers of the result change?',
  toldRow:
    '%1 changed, all in the row of person 2. Person 1 pays what they paid: a row of the result hears of one row at the left only.',
  askCount: 'Guess: how many multiplications do all cells take together?',
  toldCount: '%1 cells with %2 multiplications each: %3.',
  live: '%1, %2: %3',
  liveTerm: '%1 So far %2.',
  cellColumn: 'cell',
  termsColumn: 'row × column',
  resultColumn: 'result'
} as const;
