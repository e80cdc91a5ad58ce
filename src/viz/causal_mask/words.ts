/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'At every place the model guesses the next word. The answer stands there already, one place further on. The causal mask covers it.',
  ways: 'Later places',
  hidden: 'hidden: −∞',
  zero: 'score 0 (the wrong way)',
  open: 'not hidden',
  row: 'What “%1” takes from each word. It has to guess “%2”.',
  rowLast:
    'What “%1” takes from each word. It is the last one: nothing is later.',
  chip: '%1, place %2: %3',
  chipHidden: '%1, place %2: later, hidden',
  none: 'hidden',
  map: 'Who may look at whom: a row looks, a column is looked at',
  pairs: '%1 of %2 pairs are left.',
  pairsOpen: 'All %1 pairs are open, also those that look into the future.',
  leak: 'leak %1',
  leaks: '%1 of what “%2” takes comes from later places: the future leaks.',
  tight: 'Nothing of what “%1” takes comes from later places.',
  legend: 'share',
  later: 'later: nothing',
  score: 'score',
  used: 'after the mask',
  power: 'e to that power',
  share: 'share',
  how: '“%1” scores %2 for “%3”. e to the power of %4 is %5. All powers of the row add up to %6. %5 ÷ %6 = %7.',
  howHidden:
    '“%3” is later than “%1”. The mask adds −∞ to its score %2, and e to the power of −∞ is 0. All powers of the row add up to %6. 0 ÷ %6 = 0.',
  howZero:
    '“%3” is later than “%1”. Its score %2 was replaced by 0. But e to the power of 0 is 1, not 0. All powers of the row add up to %6. 1 ÷ %6 = %7.',
  looks: 'looks',
  recorded:
    'The scores are small numbers chosen for the example; the shares are worked out from them.',
  yours: 'The scores were sent; the shares are worked out from them.',
  askOff:
    'Guess first: the mask is switched off. How much of what “%1” takes comes from “%2”, the word it has to guess?',
  toldOff:
    'Its score is %1, the highest of the row. A model that sees the answer copies it.',
  askZero: 'Guess: “%1” gets the score 0 instead. Does it get nothing now?',
  yes: 'Yes, nothing',
  no: 'No, a share',
  toldZero: 'It still gets %1, for e to the power of 0 is 1.',
  askHide: 'Guess: now its score is −∞. What do all shares of “%1” add up to?',
  less: 'Less than 100%',
  all: '100%',
  toldHide:
    '“%1” gets exactly 0, and its share has gone to the others: “%2” went from %3 to %4.',
  live: '%1. Row “%2”: %3. %4'
} as const;

export type Key = keyof typeof STRINGS;
