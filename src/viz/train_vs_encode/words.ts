/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Two jobs. Learning looks at all texts, counts, and writes a list; it is done once. Using takes one text and reads the list; it is done for every text there is.',
  which: 'Texts to learn from',
  plain: 'hug, hugs, bug',
  bud: 'the same, and three times bud',
  field: 'A text to cut',
  step: 'step',
  next: 'Next step (N)',
  restart: 'Start again (R)',
  learn: 'Learn: once, from all texts',
  use: 'Use: for each text',
  list: 'The list',
  empty: 'still empty',
  entry: '%1 %2',
  counted: 'Pairs counted: %1.',
  none: 'none yet',
  total: '%1 = %2',
  waits: 'Waits until the list is written.',
  toCome:
    'The list is written and will not change any more. Go on to cut “%1”.',
  pieces: 'pieces',
  pairs: 'what pairs would make',
  smallest: 'smallest',
  pair: '%1 %2',
  noToken: '%1 –',
  done: 'none: done',
  alone: 'no pair',
  lookedUp: 'Pairs looked up: %1. Counted: none.',
  result: '“%1” is the ids %2.',
  same: 'Same result: learning left “%1” in the pieces %2, and the list cuts it into the same.',
  unseen:
    '“%1” was not among the texts. Learning never saw it, and the list cuts it all the same: %2.',
  nothing: 'Type a text, and the list cuts it.',
  tile: '%1, id %2, in the word %3',
  how: '“%1”, id %2, stands in “%3”, which occurs %4 times.',
  howOnce: '“%1”, id %2, stands in “%3”, which occurs once.',
  real: 'And with real texts: from %1 stories rustbpe and bpe.py learned the same list, %2 of %3 merges equal. With it tiktoken and bpe.py cut %4 other stories, %5 tokens: %6 of %4 came out equal.',
  askLook:
    'Guess first: the list is “ug” 256, “hug” 257. To cut “%1”, how many pairs are looked up in it?',
  toldLook: '%1. Not one pair was counted.',
  askBud:
    'Guess: “bud” is added three times and all is learned anew. What does id 256 stand for now?',
  toldBud:
    'A model trained with the first list reads 256 as “%1”. It would misread every text cut by the new one.',
  askMug: 'Guess: “%1” occurs in none of the texts. Can the list cut it?',
  yes: 'Yes',
  no: 'No',
  toldMug: 'Into %1. Bytes it always has, and “ug” is on the list.',
  live: 'Step %1 of %2. The list: %3. %4 %5'
} as const;

export type Key = keyof typeof STRINGS;
