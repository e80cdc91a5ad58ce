/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Before pieces are glued together, the text is cut. From the left, at each place, the rules are tried in order; the first that fits takes as much as it can. No token ever crosses a cut.',
  field: 'Your text',
  pieces: 'The pieces, each with the number of its rule',
  counts:
    '%1 pieces: at least as many tokens. The shipped vocabulary makes %2 of them.',
  countOne: '1 piece: at least 1 token. The shipped vocabulary makes %2 of it.',
  empty: 'Type something: a word, a number, a sign.',
  rules: 'The rules, in the order in which they are tried',
  rule0: 'the end of a short form: ’s, ’ll, with a straight mark',
  rule1: 'letters, with one space or sign before them',
  rule2: 'one or two digits',
  rule3: 'other signs in a row, with a space before and line ends after',
  rule4: 'white space up to a line end',
  rule5: 'white space, but not the last one before a word',
  rule6: 'any white space that is left',
  cut: 'cut %1',
  tile: '%1, cut by rule %2',
  first: 'Piece %1, “%2”: rule 1 fits: %3.',
  later: 'Piece %1, “%2”: the rules before do not fit here, rule %4 does: %3.',
  oneToken: ' It is one token.',
  tokens: ' It goes into %1 tokens: %2.',
  browser:
    'Same cuts as nanochat’s SPLIT_PATTERN. One exception: characters that are newer than your browser’s table of letters.',
  askAll: 'Guess first: into how many pieces is “%1” cut?',
  toldAll: '%1.',
  askDigits: 'Guess: and the number %1?',
  toldDigits: '%1: at most two digits a piece.',
  askComma:
    'Guess: “dog,” occurs very often in the texts. Can it become one token?',
  yes: 'Yes',
  no: 'No, never',
  toldComma: 'The cut between “dog” and “,” is always made: %1.',
  live: '%1 %2',
  piece: 'piece',
  rule: 'rule',
  of: 'what it says',
  ids: 'tokens'
} as const;

export type Key = keyof typeof STRINGS;

export const RULES = [
  'rule0',
  'rule1',
  'rule2',
  'rule3',
  'rule4',
  'rule5',
  'rule6'
] as const satisfies readonly Key[];
