/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'The model has read “%1”. Each of its layers adds something to the list of numbers that stands for the last token. What would it write next if it stopped after so many layers? Layers are counted from 0, as in the code.',
  layer: 'layers that have worked (of %1)',
  play: 'Play',
  pause: 'Stop',
  none: 'After the table of tokens, before any layer',
  after: 'After layer %1',
  afterLast: 'After layer %1, the last: what the model says',
  raw: 'A raw reading: the layers that follow have not worked on it, and nobody taught the model to be read here.',
  whole: 'No layer is left out: these are the shares that the model writes by.',
  rank: 'place %1',
  outside: 'not among the %1 likeliest',
  row: '%1, place %2, %3',
  told: '“%1” has %2 here: %3.',
  winnerHere: '“%1”, which wins in the end, stands on place %2 with %3.',
  winnerOut: '“%1”, which wins in the end, is not among the %2 likeliest here.',
  winnerLeads: '“%1” leads with %2.',
  ask: 'Guess first: which token leads after the last layer?',
  askWhen:
    'Guess: how many layers must have worked before “%1” leads for good?',
  layers: '%1 layers',
  oneLayer: '1 layer',
  noLayer: 'none',
  toldEnd:
    '“%1” leads with %2. Before any layer the first place was “%3”, with %4.',
  toldWhen: 'After %1 of %2 layers. One layer less, “%3” led.',
  toldAlways: 'It led from the table of tokens on.',
  recorded:
    'Recorded from the small model that comes with nanochat (%1). Of every layer the %2 likeliest tokens are kept.',
  given: 'From your own run. Of every layer the %1 likeliest tokens are kept.',
  signs: ' ␣ stands for a space, # and a number for a lone byte.',
  list: 'The likeliest tokens, best first',
  live: '%1. %2',
  reading: 'after',
  table: 'the table of tokens',
  one: 'layer %1',
  first: 'first',
  second: 'second',
  third: 'third'
} as const;

export type Key = keyof typeof STRINGS;
