/** Every word the picture shows. */
export const STRINGS = {
  introSky:
    '“The sky is …” Blue in 50 of 100 cases, grey in 30, green in 20: a die with three unequal sides. Roll it, and count.',
  introModel:
    'After “%1”, our small model makes such a die of its scores, with a side for each of its tokens. These %2 are likely, and begin with a space; the other %3 share what is left. To write is to roll it.',
  introGiven: 'A die with %1 unequal sides. Roll it, and count.',
  dice: 'Which die',
  sky: 'the sky',
  model: 'the next token',
  others: '%1 others',
  bars: 'Filled: how often it came. Dashed: its probability.',
  line: 'The line from 0 to 1, and where the last dart fell',
  piece: '%1: from %2 to %3',
  dart: 'The last dart fell at %1: “%2”.',
  noDart:
    'No roll yet. A dart will fall on this line, anywhere with equal chance.',
  roll: '+ %1',
  rollBy: '%1 rolls more',
  rollOne: 'Roll once',
  play: 'Keep rolling',
  step: 'Roll on',
  stop: 'Stop',
  reset: 'Start again (R)',
  seed: 'seed: where the recipe of chance begins',
  rolls: '%1 rolls.',
  furthest:
    'Furthest off is “%1”: %2 in place of %3, a gap of %4 points. Typical for so many rolls: %5.',
  nothingYet: 'Counts come with the first roll.',
  how: '“%1” has probability %2, so of %3 rolls you would expect %4. Came: %5. How surprising it is, by a measure that is 0 for what is certain: −ln %2 = %6.',
  howFirst:
    '“%1” has probability %2, so of 100 rolls you would expect about %3.',
  howNever: '“%1” has probability %2: it never comes.',
  live: '%1 rolls. %2',
  liveShare: '%1 %2',
  askGap:
    'Guess first: roll 10 times, or 1,000 times. After which of them are the counted shares closer to the probabilities?',
  after: 'After %1',
  same: 'No difference',
  toldGap:
    'After 10 the furthest was off by %1 points, after 1,000 by %2. The counts approach the bars.',
  askDue:
    'Guess: green (0.2) has not come for five rolls. How likely is it on the next one?',
  more: 'More than 0.2',
  always: '0.2, as always',
  less: 'Less than 0.2',
  toldDue:
    'Of 10,000 rolls, %1 came after at least five without green. Green came in %2 of them: %3. The dart does not remember.',
  askSeed:
    'Guess: start again with the same seed and roll 10 times. Do the same colours come, in the same order?',
  yes: 'Yes',
  no: 'No',
  toldSeed:
    'Twice the same: %1. A computer follows a recipe that looks like chance; the seed says where it begins.',
  name: 'result',
  probability: 'probability',
  count: 'count',
  counted: 'counted share'
} as const;
