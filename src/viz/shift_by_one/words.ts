/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A text holds its own questions and answers: what follows here? The row above is read; the row below is the same one. Move it by one place, and below each token stands its answer.',
  which: 'The row',
  note: 'The cat sat down',
  own: 'your text',
  chat: 'a chat',
  field: 'Your text, in the tokens of the shipped model',
  shift: 'the lower row is moved by',
  inputs: 'inputs: what is read',
  targets: 'targets: the right answers',
  unmoved:
    'Not moved: below each token stands the token itself. Nothing to guess.',
  questions:
    '%1 tokens hold %2 questions: the last token has nothing after it.',
  asked:
    ' Of these targets %1 count; the others are −1, which means: no question here.',
  tile: 'place %1: %2, id %3',
  answer: 'Place %1. The model reads %2 and has to answer %3 (id %4).',
  hidden: ' What stands further on in the row is hidden from it.',
  noAnswer:
    'Place %1. The model reads %2. The target is −1: no question here, for the assistant does not write this token.',
  end: 'Place %1 is the last of the row: there is no answer to it, so it is no input.',
  itself: 'Place %1: %2 stands below itself.',
  madeUp: 'Each word is one token here, with an id made up for the example.',
  real: 'Ids of the model that ships with the course. A row opens with <|bos|>.',
  askCount:
    'Guess first: a row of %1 tokens. How many questions with an answer does it hold?',
  toldCount:
    'The row moved by one: %1 places have a token above and its answer below.',
  askTarget: 'Guess: at place %1 the input is “%2”. What is the target?',
  toldTarget: 'The model reads %1; the token after it is “%2”, id %3.',
  askChat:
    'Guess: a chat of %1 tokens has %2 places. How many of its targets are asked for?',
  toldChat: 'Only what the assistant writes: %1. All other targets are −1.',
  live: '%1 %2',
  place: 'place',
  reads: 'the model reads',
  target: 'target',
  targetId: 'its id'
} as const;

export type Key = keyof typeof STRINGS;
