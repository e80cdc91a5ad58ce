/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Byte-pair encoding counts every pair of neighbours, glues the most frequent pair into one new piece, and counts again. Pieces never cross the end of a word.',
  field: 'Texts to learn from: a comma begins a new one',
  merges: 'merges done',
  next: 'Next merge (N)',
  restart: 'Back to the bytes (R)',
  pieces: 'The words, in pieces',
  wordTimes: '%1 times',
  start: 'No merge yet: %1 pieces, each a byte.',
  startOne: 'No merge yet: 1 piece, a byte.',
  nothing: 'Type a word or two.',
  did: 'Merge %1 glued %2 + %3 into “%4”, id %5: %6 − %7 = %8 pieces.',
  done: ' No pair is left: every word is one piece.',
  counted: 'Counted before merge %1',
  countedNone:
    'Guess, or make the first merge: then you see the count that decided it.',
  pair: '%1 + %2',
  wins: 'wins',
  draw: 'Equally frequent: the pair with the smaller ids wins, %1 + %2.',
  rest: '%1 more pairs, none of them more frequent.',
  restOne: '1 more pair, not more frequent.',
  tile: '%1, id %2, in the word %3',
  isByte: '“%1” is a single byte: its id is its number, %2.',
  isMerge:
    '“%1” is id %2. Merge %3 made it of %4 (%5) and %6 (%7), which stood side by side %8 times.',
  ask: 'Guess which pair wins merge %1: which occurs most often?',
  told: '%1. Glued: %2 pieces became %3.',
  toldCount: '%1: %2',
  live: '%1 Pieces: %2. %3',
  number: 'merge',
  times: 'times',
  newId: 'new id',
  piece: 'piece',
  left: 'pieces after it',
  none: 'none yet'
} as const;

export type Key = keyof typeof STRINGS;
