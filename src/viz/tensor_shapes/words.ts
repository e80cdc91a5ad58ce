/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A tensor is a table of numbers with any number of directions. Its shape says how long each direction is. Each number here is called by its place in memory.',
  steps: 'Step by step',
  step0: 'list',
  step1: 'table',
  step2: 'stack',
  step3: 'view',
  step4: 'transpose',
  says0: 'One token is a list of %1 numbers: one direction.',
  says1:
    'A text is a table: one such list for each of its %2 tokens. Two directions.',
  says2:
    'Several texts are a stack: one such table for each of %3 texts. Three directions.',
  says3:
    'view: each list of %1 is cut into %4 parts of %5; a model calls such parts heads. Not one number moves; there are four directions now.',
  says4:
    'transpose: parts and tokens swap. Every part has a table of all tokens to itself. Attention, the part of a model that lets tokens look at each other, needs it so.',
  shape: 'shape (%1)',
  product: '%1 = %2 numbers',
  one: '%1 numbers',
  illegal:
    '%1 numbers cannot be shared equally among %2 parts (heads): %1 ÷ %2 leaves %3 over. The parts would differ in width, so torch and our model refuse. Possible here: %4.',
  play: 'Play',
  pause: 'Stop',
  next: 'Next step',
  B: 'B, texts',
  T: 'T, tokens each',
  C: 'C, numbers each',
  H: 'H, parts of each (heads)',
  stage: 'The tensor, drawn as nested blocks',
  text: 'text %1',
  token: 'token %1',
  mark: '%1 = %2',
  cell: 'number %1, index %2',
  memory: 'In memory: one long row of %1 numbers.',
  memoryStays:
    'In memory: one long row of %1 numbers, as before. Only the way to read it is new.',
  how: 'Number %1 stands at',
  howRow: '(%1) index [%2]: %3 = place %4',
  strides:
    'A stride says how far apart in memory neighbours in one direction stand. Each number of the index is multiplied by its stride. Here: %1.',
  model:
    'In a model with C = %1 and H = %2, each head has D = %3. With a text of %4 tokens, (1, %4, %1) becomes (1, %2, %4, %3): still %5 numbers.',
  modelStack:
    'In a model with C = %1, a text of %2 tokens is a tensor of shape (1, %2, %1), which is %3 numbers.',
  live: '%1: shape (%2), %3.',
  liveIllegal: '%1 parts cannot share %2 numbers.',
  askCount: 'Guess first: how many numbers are in a tensor of shape (%1)?',
  toldCount:
    'A list of %1. Times %2 for the table: %4. Times %3 for the stack: %5.',
  askView:
    'Guess: view cuts each list of %1 into %2 parts of %3. How many numbers change their place in memory?',
  none: 'None',
  half: 'Half',
  every: 'All',
  toldView:
    '%1 of %2 changed. Only the shape is read differently: (%3) became (%4).',
  askSwap:
    'Guess: transpose swaps two directions of shape (%1), T (tokens) and H (parts). Which shape comes out?',
  toldSwap:
    'Follow a colour: the pieces of one part (head), spread over all tokens before, now stand together.',
  layout: 'step',
  shapeColumn: 'shape',
  countColumn: 'numbers',
  strideColumn: 'strides',
  indexColumn: 'index of number %1'
} as const;
