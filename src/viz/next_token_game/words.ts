/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A language model reads a text and gives every piece of text it knows (every token) a chance to come next. Be the model: guess first, then look. ␣ stands for a space: it belongs to its token. <|bos|> is the mark that opens every text.',
  recorded:
    'Recorded numbers: this is what the model %1 (%2 weights) gave when this picture was made. The model itself is not here, so the text can only go on as it was recorded.',
  live: 'The model %1 runs in this page, without a kernel: %2 weights (the numbers that training set), %3 ms a token on average (%4).',
  ask: 'Guess %1 of %2: a story goes “%3”. Which token comes next?',
  told: 'The story goes on with “%1”. The model gave it %2; its first guess was “%3” with %4. So far: you %5 of %7, the model %6 of %7.',
  stoppedGuess: 'The model did not read so far. Guess again.',
  askHot:
    'Last guess: look at the shares after “%1”. The temperature rises from 1 to 2. What becomes of the largest?',
  shrinks: 'It shrinks',
  stays: 'It stays',
  grows: 'It grows',
  toldHot:
    '“%1” went from %2 to %3: a high temperature makes the shares more equal. Move the slider to see the other way.',
  text: 'The text, token by token. Arrow keys choose the place whose next token you see',
  chip: '“%1”, place %2: %3',
  chipGiven: 'the model gave it %1 before it came',
  chipFirst: 'the mark that opens every text',
  chipUnread: 'not read yet',
  chipLook: '“%1” takes %2 from it',
  chipLater: 'comes later, so it cannot be seen',
  bars: 'What the bars show',
  barsGiven: 'chance before it came',
  barsLook: 'where the model looks (attention)',
  heads: 'Heads: each looks in its own way',
  layer: 'layer %1',
  head: 'layer %1, head %2',
  counted: 'Layers, heads and places are counted from 0, as in the code.',
  noLook: 'The recording does not tell where this token looks.',
  after: 'After “%1”, what may come next',
  covered: 'Guess first, then look.',
  unknown:
    'The recording does not hold what comes next at this place. With the model in the page every place can be looked at.',
  unread: 'Not read yet.',
  token: 'token',
  share: 'share',
  score: 'score',
  rest: 'The other %1 tokens together: %2.',
  row: '“%1”, share %2, score %3',
  rowTake: '%1. Enter: put it into the text',
  how: '“%1” has the score %2, and the highest is %3. e to the power of (%2 − %3) ÷ %4 is %5. The same for all tokens that may be chosen, added up: %6. %5 ÷ %6 = %7.',
  howOut:
    '“%1” has the score %2. It is not among the best %3, so it cannot be chosen: its share is 0.',
  howCold:
    '“%1” has the score %2. At temperature 0 the token with the highest score gets everything.',
  power: 'e^((score − highest) ÷ temperature)',
  temperature: 'temperature: what every score is divided by',
  topK: 'only so many of the best may be chosen (top-k)',
  all: 'all',
  next: 'Next token by chance (N)',
  nextRecorded: 'On to the next recorded place (N)',
  write: 'Write on (P)',
  stop: 'Stop (P)',
  back: 'Take one back (B)',
  throws: 'Other throws (seed %1)',
  reset: 'Start again (R)',
  own: 'Or your own text: the model reads along',
  try1: 'Tom was',
  try2: 'Mia had a red',
  try3: '2 + 2 =',
  ownNeeds: 'For a text of your own the model has to be in the page.',
  reading: 'Reading: %1 of %2 tokens.',
  stopped: 'Stopped after %1 of %2 tokens.',
  tooLong:
    'Your text has %1 tokens with the opening mark, but this model reads at most %2. Shorten it; nothing of it is lost.',
  full: 'The text has %1 tokens, and this model reads no more. Take some back, or start again.',
  ended:
    'The model says that the text ends here (%1). Take the mark back to go on, or start again.',
  endRecorded: 'The recording ends here.',
  drawn: 'Chance chose “%1”, which had %2.',
  took: 'You put “%1” there, which had %2.',
  onlyRecorded:
    'The recording goes on with another token. With the model in the page you can choose any.',
  spoken: 'After “%1”: %2.'
} as const;

export type Key = keyof typeof STRINGS;
