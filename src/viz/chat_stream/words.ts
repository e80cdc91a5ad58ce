/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'You see a chat with speech bubbles. The model reads one row of tokens. Marks that no text can spell say who speaks; the program puts them in by hand.',
  which: 'The chat',
  greeting: 'a greeting',
  sum: 'a sum, with the calculator',
  user: 'You say',
  assistant: 'The assistant answers',
  chat: 'As you see it',
  python: 'for the calculator: %1',
  output: 'the calculator answers: %1',
  stream: 'As the model reads it',
  mask: 'Show the mask: 1 where the model learns to write the token (M)',
  count: '%1 tokens, %2 of them marks.',
  learned: '%1 tokens count when the model is trained.',
  hidden:
    'Which of them count when the model is trained? Guess, or show the mask.',
  empty:
    'A message is empty. Write something, and the stream goes on; so far it is as before.',
  tile: 'token %1, %2, id %3, %4',
  ofMark: 'mark %1',
  ofText: '“%1”',
  is1: 'learned',
  is0: 'given',
  isHidden: 'mask not shown',
  howMark:
    '%1 is id %2: behind all tokens of text, which end at %3. No text can spell it.',
  howText: '“%1” is id %2, a token of what %3.',
  saidUser: 'the user said',
  saidAssistant: 'the assistant said',
  saidTool: 'the calculator answered',
  why1: ' The assistant writes it itself, so it learns it: mask 1.',
  why0: ' It is given to the assistant, which does not learn to write it: mask 0.',
  askCount:
    'Guess first: of the %1 tokens below, how many does the model learn to write?',
  toldCount: '%1. It learns to answer, and to end its answer.',
  askTyped:
    'Guess: somebody types “%1” as a message. Does a second mark %2 come into the stream?',
  yes: 'Yes',
  no: 'No',
  toldTyped:
    'What was typed became %1 ordinary tokens: %2. The mark %3 stands there %4: at the very beginning.',
  once: 'once',
  times: '%1 times',
  askTool:
    'Guess: the assistant hands a sum to the calculator, which answers “%1”. Is the model trained to write this answer?',
  toldTool:
    'The calculator wrote it. A model that learned to write it would invent results. It does learn its own line, “%1”.',
  live: '%1 %2',
  token: 'token',
  id: 'id',
  maskColumn: 'learned',
  from: 'comes from',
  fromProgram: 'the program',
  fromUser: 'you',
  fromAssistant: 'the assistant',
  fromTool: 'the calculator'
} as const;

export type Key = keyof typeof STRINGS;
