/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A computer stores a character in two steps: a worldwide list gives it one number, its code point; then this number is written as one to four bytes, each from 0 to 255. A model reads ids, which are made of bytes.',
  field: 'Your text',
  glyphs: 'character',
  points: 'code point',
  bytes: 'bytes',
  ids: 'ids',
  counts: '%1 as you see them, %2, %3, %4.',
  characters: '%1 characters',
  oneCharacter: '1 character',
  codePoints: '%1 code points',
  onePoint: '1 code point',
  byteCount: '%1 bytes',
  oneByte: '1 byte',
  idCount: '%1 ids',
  oneId: '1 id',
  more: 'Only the first %1 characters are drawn.',
  whole: 'below 128: a whole character',
  opens: 'from 192 on: opens a character',
  continues: '128 to 191: continues one',
  cell: '%1: %2',
  how1: '%1 has the code point %2. That is below 128, so one byte holds it.',
  how: '%1 has the code point %2, in %3 bytes: %4 = %2.',
  invisible: 'A sign that you do not see',
  several: 'What you see as one character is %1 code points in a row.',
  idsAre: 'Its bytes as ids: %1.',
  idInside: '%1 (which stands for “%2”)',
  empty: 'Type something: a letter, an é, an emoji.',
  recorded:
    'Ids of the model that ships with this course: 256 bytes and %1 merges.',
  yours: 'Ids of the vocabulary that was sent: 256 bytes and %1 merges.',
  askBytes: 'Guess first: “%1” has 3 characters. How many bytes?',
  toldBytes: '%1.',
  toldByte: '%1 takes %2',
  askIds:
    'Guess: “%1” has %2 bytes. How many ids does the shipped vocabulary need?',
  toldIds: '%1. Here one id stands for several characters.',
  askTwins:
    'Guess: here are two é that look the same. One is an e followed by an accent of its own. Are their bytes the same?',
  yes: 'Yes',
  no: 'No',
  toldTwins: 'The first é is %1, the second %2. So the ids differ, too.',
  live: '%1, character %2 of %3: %4. Bytes %5. Ids %6.',
  kind: 'as bytes'
} as const;

export type Key = keyof typeof STRINGS;
