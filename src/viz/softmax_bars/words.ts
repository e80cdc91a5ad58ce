/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Each of %1 tokens has a score: the higher, the better it would fit as the next one. Softmax turns the scores into shares of one whole.',
  scores: 'Scores: drag a bar up or down',
  shares:
    'Shares: e (2.718…) to the power of each score, divided by the sum of all',
  ghosts: 'Shares, and dashed what they were before',
  together: 'laid end to end: together %1',
  rest: '%1 more tokens, each with a lower score, are not drawn as bars. They are counted: together they get %2.',
  add: 'add to every score',
  temperature: 'divide every score by (temperature)',
  reset: 'Start again (R)',
  bar: 'Score of %1',
  barSays: '%1, share %2',
  how: '%1: its score is %2. e to the power of %2 is %3. All %4 powers add up to %5. %3 ÷ %5 = %6.',
  howLess:
    '%1: its score is %2, which is %3 less than the largest. e to the power of −%3 is %4. All %5 powers add up to %6. %4 ÷ %6 = %7.',
  howScore: ' The score is %1 ÷ %2.',
  live: '%1 added, temperature %2. Shares: %3.',
  share: '%1 %2',
  twoWays: 'Two ways to work it out, in numbers of 32 bits',
  powerOf: 'e to the largest score',
  sum: 'sum of all',
  largestShare: 'share of the largest',
  plain: 'as the formula says',
  safe: 'largest taken off first',
  works:
    'Both ways agree. Add more and more to every score: where does the first one break?',
  tooLarge:
    'The formula breaks: a 32-bit number ends at about 3.4 × 10³⁸, and beyond it the computer writes ∞. ∞ ÷ ∞ has no answer: NaN, “not a number”. The second way never raises e to more than 0.',
  tooLargeLater:
    'The formula breaks: the sum is beyond 3.4 × 10³⁸, where 32-bit numbers end, and the computer writes ∞. Anything divided by ∞ is 0, so all shares are 0. The second way never raises e to more than 0.',
  blurred:
    'The formula begins to break: the powers are so close to 0 that 32 bits leave them only a few digits, and the shares come out a little wrong. In the second way the largest power is always 1.',
  tooSmall:
    'The formula breaks: every power is so close to 0 that a 32-bit number can only write 0. 0 ÷ 0 has no answer: NaN, “not a number”. In the second way the largest power is always 1.',
  askAdd: 'Guess first: 5 is added to every score. What happens to the shares?',
  theyStay: 'They stay',
  theyGrow: 'All grow',
  theyEven: 'They become more equal',
  toldAdd:
    'All scores rose by 5, and %1 still gets %2. Only the differences between scores count.',
  askHalf:
    'Guess: every score is doubled (temperature 0.5). What happens to the largest share?',
  grows: 'It grows',
  stays: 'It stays',
  shrinks: 'It shrinks',
  toldHalf:
    '%1 went from %2 to %3. A low temperature sharpens; a high one flattens.',
  askHuge:
    'Guess: 1,000 is added to every score. Does the formula still work on a computer?',
  yes: 'Yes',
  no: 'No, it breaks',
  toldHuge:
    'e to the power of %1 came out as %2, and the share of the largest as %3. Look at the two ways below.',
  notANumber: '“not a number”',
  token: 'token',
  score: 'score',
  power: 'e^(score − largest)',
  shareColumn: 'share',
  plainColumn: 'by the formula'
} as const;
