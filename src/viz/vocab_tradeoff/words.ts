/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'The same text, cut with vocabularies of nine sizes. All of them were learned from %1 of our stories; a smaller one is the beginning of a larger one.',
  field: 'Your text',
  size: 'Size of the vocabulary, V',
  tokens: 'Tokens of your text',
  tables: 'Thousands of numbers in the two tables: 2 × V × %1',
  cut: 'Your text, in tokens',
  empty: 'Type something, and its tokens are counted.',
  now: 'V = %1: %2 tokens, and 2 × %1 × %3 = %4 numbers in the tables.',
  story:
    'A story that no vocabulary has learned from needs %1 tokens on average (%2 stories).',
  seldom:
    ' Merges that occur fewer than %3 times in what they were learned from: %1 of %2.',
  most: ' This is the end: with these stories no pair is left to glue.',
  shipped: ' This is the vocabulary of the model that ships with the course.',
  tile: '%1, id %2',
  how: '“%1” is id %2, so a vocabulary needs at least %3 tokens to have it: ids %4 and below, and %5 special tokens behind them.',
  howByte: '“%1” is a byte, id %2: every vocabulary has it.',
  askFirst:
    'Guess first: “%1” needs %2 tokens with V = %3. How many with V = %4?',
  askAgain:
    'Guess: V = %1 needs %2 tokens. Twice as many pieces, V = %3: how many tokens?',
  toldTables: '%1 tokens. The tables grew from %2 to %3 numbers.',
  askForeign:
    'Guess: “%1” are words that no story has. V goes from %2 to %3. Does it need fewer tokens?',
  yes: 'Yes, fewer',
  no: 'No, as many',
  toldForeign:
    '%1 before, %2 after. What was learned from stories helps texts like stories.',
  live: 'V %1. %2 %3',
  column: 'V',
  tokensColumn: 'tokens of your text',
  storyColumn: 'tokens of a story',
  numbersColumn: 'numbers in tables',
  seldomColumn: 'merges used fewer than %1 times'
} as const;

export type Key = keyof typeof STRINGS;
