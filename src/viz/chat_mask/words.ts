/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'To learn to chat, a model reads rows of whole chats. At each place it is asked for the next token. Not every answer counts.',
  rule: 'What counts',
  answers: 'what the assistant writes',
  tools: 'this, and what the calculator says',
  chats: 'all tokens of the chats',
  places: 'all places',
  aboutAnswers:
    'This is what nanochat does. The model learns to answer, to call the calculator, and to end its turn.',
  aboutTools:
    'It would also learn to write what the calculator says, where it should wait for it.',
  aboutChats:
    'It would also learn to write the questions, and the marks that the program puts in.',
  aboutPlaces: 'It would also learn to fill the rest of a row with marks.',
  model: 'The model',
  before: 'before it learned to chat',
  after: 'after',
  row: 'The row, token by token',
  below:
    'Below each token stands its loss: −ln of the share that the model gave it. 0: it was sure of it. In brackets: it does not count.',
  belowTarget: 'Below each token stands its target; −1: it does not count.',
  belowCovered: 'Which of these tokens count? Guess first.',
  assistant: 'the assistant',
  tool: 'the calculator',
  user: 'the user',
  program: 'the program',
  empty: 'nobody: an empty place',
  partCounts: '%1: %2 of %3 count',
  count: '%1 of %2 tokens that are asked for count.',
  mean: ' Their losses add up to %1. %1 ÷ %2 = %3: the mean loss.',
  others: ' The others have a mean loss of %1.',
  step: ' Of what counts, %1 of %2 are written by the assistant: %3.',
  tile: 'place %1: %2, from %3, %4',
  ofMark: 'mark %1',
  ofText: '“%1”',
  isRead: 'only read',
  isCovered: 'guess first',
  isLoss: 'counts, loss %1',
  isOutLoss: 'does not count, loss %1',
  isTarget: 'counts',
  isOut: 'does not count',
  howFirst:
    'Place 0 is the first of the row. It is only read: nothing stands before it from which to guess it.',
  how: 'Place %1: after “%2” comes “%3”, from %4.',
  howCounts: ' It counts: the target is its id, %1.',
  howOut: ' It does not count: the target is −1.',
  howLoss: ' The model gave it the share %1. Loss: −ln %1 = %2.',
  howSure:
    ' The model gave it a share of more than 0.999. Loss: less than 0.001.',
  ask: 'Guess first: this row asks for %1 tokens. How many of them count when the model learns to chat?',
  told: 'The assistant writes %1 of them, with the marks for the calculator and the mark that ends its turn. All other targets are −1.',
  askOthers:
    'Guess: learning to chat brings the mean loss of these %1 tokens from %2 to %3. What becomes of the %4 that do not count?',
  fell: 'It falls as well',
  stayed: 'It does not fall',
  toldOthers:
    'Their mean loss was %1, and now it is %2. What is never asked is not learned: this model answers questions, but it could not ask yours.',
  askAll:
    'Guess: if all places counted, how many of the %1 would teach the model to answer?',
  toldAll:
    '%1 of %2: %3. The rest would teach it to ask, to invent results, and to fill rows.',
  recorded:
    'Two chats from our own grammar in a row of %1 tokens, put there by ChatRows; no third one fitted. The losses are real: before, of stories-base as learning begins; after, of stories-chat, %2 steps later.',
  given: 'The row that was sent.',
  live: '%1 %2',
  token: 'token',
  from: 'from',
  target: 'target',
  lossBefore: 'loss before',
  lossAfter: 'loss after',
  loss: 'loss'
} as const;

export type Key = keyof typeof STRINGS;
