/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A word looks back at the words before it and takes something in from each. Pick a word: its bars show how much from where, together 100%.',
  question:
    'Guess first: which earlier word does “%1” look at most, in head %2?',
  questionNext: 'Guess: and which one in head %2, still from “%1”?',
  compared: '“%1” takes %2 from “%3” (place %4).',
  why: ' Some head has to look there: only the animal tells that the next word is “%1”.',
  takes: 'What “%1” takes from each word, in head %2:',
  covered: 'Guess first, then look.',
  heads: 'Heads: the same words, each head with its own queries and keys',
  head: 'head %1',
  counted:
    'Heads, places and pairs are counted from 0, as in the code: the first head is head 0.',
  strip: 'The sentence. Arrow keys choose the word that looks',
  chip: '“%1”, place %2: %3',
  share: '%1 of what “%2” takes',
  future: 'future',
  outside: 'out of reach',
  map: 'Map of shares, rows look at columns. Arrow keys walk from cell to cell',
  mask: 'hide the future: the causal mask (M)',
  maskOn:
    'Mask on: “%1” sees itself and what came before, nothing later. Its shares add up to 100%.',
  maskOff:
    'Mask off: “%1” takes %2 from words that come after it. A model that learns to guess the next word would be peeking at the answer.',
  maskOffLast:
    'Mask off: every row now adds up over all words. “%1” has none after it; pick an earlier word to see the future leak in.',
  patternOnly:
    'Only the finished shares came, without queries and keys, so neither the sum nor the mask can be worked out here.',
  legend: 'share',
  sum: 'The sum behind one cell',
  asks: '“%1” looks at “%2”',
  pairs:
    'What “%1” asks for (q, its query) times what “%2” offers (k, its key), number by number:',
  number: 'pair',
  query: 'q of “%1”',
  key: 'k of “%1”',
  product: 'q × k',
  rest: '%1 more',
  total: 'added up, q·k',
  scaled: '%1 × scale %2 = score %3',
  power: 'e to the power %1 = %2',
  whole: 'The same for all words “%1” may see, added up: %2',
  divided: '%1 ÷ %2 = %3',
  isFuture:
    '“%2” comes after “%1”: it is the future. The mask takes this cell out before the shares are made, so its share is 0.',
  isOutside:
    '“%2” is further back than this layer looks (%3 places), so its share is 0.',
  live: '“%1” takes %2 from “%3” in head %4.',
  liveHidden: '“%1” takes nothing from “%3” (%2) in head %4.',
  recorded:
    'The numbers are real: a nanochat model with %1 weights, trained for %2 steps on %3 made-up sentences like this one. After “%4” it now says “%5” with a chance of %6. “%7” marks where a text begins.',
  yours: 'These are the numbers that were sent from the model.',
  yoursUnscaled:
    'These are the numbers that were sent from the model. No scale came with them: %1 is that of the recorded model.',
  looks: 'looks ↓ at →'
} as const;

export type Key = keyof typeof STRINGS;
