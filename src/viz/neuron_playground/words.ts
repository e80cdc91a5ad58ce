/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'A lamp on the stairs is on when exactly one of two switches is up. On the maps every point is a pair of inputs; the four circles are the real settings, with 1 where the lamp should be on.',
  one: 'One neuron',
  oneSays:
    'It multiplies, adds up, and bends: below 0 it sleeps (dark), above it hands on the square of the sum. The line is where it bends.',
  many: 'Neurons that learn',
  manySays:
    'Each neuron has a line of its own; the output adds up what they hand on. A step moves every weight a little against its slope.',
  a1: 'weight of switch 1',
  a2: 'weight of switch 2',
  bias: 'bias: moves the line (our model has none)',
  neurons: 'neurons',
  start: 'start: weights as chance gave them',
  step: 'steps of learning',
  legend: '0',
  legendEnd: '1 or more',
  play: 'Learn',
  stop: 'Stop',
  ten: '10 steps',
  reset: 'Start again (R)',
  loss: 'Loss',
  curve: 'The loss, from the first step to the step in view',
  lossSays: 'the mean of the squared errors; %1 before the first step.',
  learned: 'The lamp is learned.',
  stuck: 'Stuck: the slopes are nearly 0, further steps change nothing.',
  switches: 'The four settings',
  setting: 'switches %1, %2',
  how: 'Switches %1, %2. The neuron: %3 × %1 + %4 × %2 + %5 = %6, bent: %7. The network says %8 and should say %9: ',
  howError: 'error %1² = %2.',
  live: 'Neuron: weights %1 and %2, bias %3. Network: %4 neurons after %5 steps, loss %6.',
  askWake:
    'Guess first: a neuron has the weights 1 and −1, and no bias. For which settings does it wake?',
  only10: 'Only 1, 0',
  oneUp: '0, 1 and 1, 0',
  anyUp: 'All but 0, 0',
  toldWake: 'Sums: %1. Only above 0 does it hand anything on.',
  askOne: 'Guess: can a single neuron learn the lamp, given enough steps?',
  yes: 'Yes',
  no: 'No',
  toldOne:
    'From each of %1 starts, after %2 steps, the loss is still %3 or more. One line cannot part the settings with light from those without.',
  askEight:
    'Guess: and eight neurons? From how many of the %1 starts do they learn it?',
  none: 'None',
  some: 'Some',
  all: 'All',
  toldEight:
    'From %1 of %2; the losses are %3. Where they fail, a setting with light still gets nearly nothing: the neurons there sleep or hardly wake, and what sleeps has slope 0.',
  name: 'switches',
  sumColumn: 'sum of the neuron',
  bentColumn: 'bent',
  networkColumn: 'network',
  shouldColumn: 'should be'
} as const;
