/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'All rows of a batch hold equally many tokens, documents do not. The one that has waited longest opens a row; then the longest that fits goes in, again and again.',
  field: 'Lengths of the documents, in tokens',
  slots: 'tokens in a row',
  step: 'picks made',
  next: 'Next pick (N)',
  restart: 'Start again (R)',
  documents: 'The documents, oldest first',
  rows: 'The rows',
  waits: '%1 · waits',
  inRow: '%1 · row %2',
  tile: 'Document %1, length %2, %3',
  isWaiting: 'waiting',
  isPacked: 'in row %1',
  row: 'row %1',
  space: '%1 left',
  opens:
    '%1 has waited longest: it opens row %2. Its length: %3. Places left: %4.',
  fits: 'Places left in row %2: %5. %1 is the longest that fits. Its length: %3. Left now: %4.',
  fills:
    'Places left in row %2: %5. Nothing fits, so the beginning of %1 goes there; %1 goes on waiting and comes again, whole.',
  start: 'Nothing is packed yet.',
  end: 'Fewer tokens wait than a row holds: more documents have to come.',
  waste:
    '%1 rows of %2 are %3 places. %4 tokens are shown for the first time. Places that show nothing new: (%3 − %4) ÷ %3 = %5. One row for each of these %6 documents, filled up with empty places: %7.',
  bad: 'Write whole numbers of 1 and more with commas between them, such as 7, 4, 3. What was there before is still drawn.',
  none: 'Write some lengths, such as 7, 4, 3.',
  howWaits: 'Document %1, length %2, waits.',
  howOpens: 'Document %1, length %2, opened row %3: it had waited longest.',
  howFits:
    'Document %1, length %2, is in row %3, from place %4 on: the longest that fitted.',
  again: ' Its first %1 tokens were shown too early, at the end of row %2.',
  lost: ' It is longer than a row: %1 tokens are cut off and lost.',
  askNext:
    'Guess: row %1 is opened by %2. %3 places are left. Which document comes next?',
  answer: '%1, length %2',
  toldNext: '%1 is the longest that fits into %2 places.',
  askFill:
    'Guess: row %1 has %2 place left, and no document is that short. What goes there?',
  askFills:
    'Guess: row %1 has %2 places left, and no document is that short. What goes there?',
  nothing: 'Nothing: it stays empty',
  beginning: 'The beginning of a document that waits',
  cut: 'A part of a document, and its rest in the next row',
  toldFill: 'The first %1 of %2, which stays whole and comes again.',
  tokens: '%1 tokens',
  oneToken: 'token',
  live: '%1 %2',
  rowColumn: 'row',
  opened: 'opened by',
  then: 'then',
  left: 'left over',
  filled: 'filled with',
  docLength: '%1, %2'
} as const;

export type Key = keyof typeof STRINGS;
