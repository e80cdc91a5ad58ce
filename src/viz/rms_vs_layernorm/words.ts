/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Inside the model every token is a list of numbers, and layer after layer they would grow or shrink. A norm brings the list back to one size: how large its numbers typically are, whatever their sign (the root mean square), becomes 1.',
  given: 'The list: drag a bar up or down',
  notDrawn:
    'The first %1 of %2 numbers are drawn. Mean and root mean square count all.',
  rmsNorm: 'RMSNorm, which our model uses: divide by the root mean square',
  layerNorm: 'LayerNorm: subtract the mean, then divide by the spread',
  mean: 'mean %1',
  rms: 'root mean square %1',
  atStart: 'dashed: at the start',
  length: 'length %1',
  lengthRoot: 'length %1 = √%2',
  stays: 'As at the start.',
  moved: 'Moved by up to %1.',
  shift: 'add to every number',
  times: 'multiply every number by',
  reset: 'Start again (R)',
  bar: 'Number %1',
  barSays: '%1; RMSNorm %2, LayerNorm %3',
  how: 'Number %1 is %2. RMSNorm: square all %3 numbers, take the mean, take the root: that is %4. %2 ÷ %4 = %5. LayerNorm: the mean is %6 and the spread around it is %7. (%2 − %8) ÷ %7 = %9.',
  live: 'Times %1, plus %2. Mean %3, root mean square %4. RMSNorm moved by up to %5, LayerNorm by up to %6.',
  askShift:
    'Guess first: 2 is added to every number. Which result stays as it is?',
  askTimes:
    'Guess: every number is multiplied by 10. Which result stays as it is?',
  onlyRms: 'RMSNorm',
  onlyLayer: 'LayerNorm',
  both: 'Both',
  neither: 'Neither',
  toldShift:
    'RMSNorm moved by up to %1, LayerNorm by up to %2. LayerNorm subtracts the mean, and the mean rose by 2 as well.',
  toldTimes:
    'RMSNorm moved by up to %1, LayerNorm by up to %2. What both divide by has grown tenfold too.',
  askOutlier:
    'Guess: number %1 alone grows to %2. What do the other numbers do in the result of RMSNorm?',
  shrink: 'They shrink towards 0',
  same: 'They stay',
  grow: 'They grow',
  toldOutlier:
    'The root mean square went from %1 to %2, and all are divided by it. The length is %3, as before: one loud number takes a larger part of it.',
  number: 'number',
  listColumn: 'list',
  rmsColumn: 'RMSNorm',
  layerColumn: 'LayerNorm',
  meanRow: 'mean',
  rmsRow: 'root mean square',
  lengthRow: 'length'
} as const;
