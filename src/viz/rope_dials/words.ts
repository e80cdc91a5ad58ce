/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'Attention compares a query (blue) with a key (orange). RoPE takes their numbers in pairs, as arrows, and turns each arrow by the place of its word. Black bar: what a pair adds to the score.',
  question:
    'Guess first: both move on by %1 places. Does the score q·k change?',
  stays: 'It stays',
  changes: 'It changes',
  compared:
    'Before: %1, after: %2. Every arrow has turned, but the distance m − n is still %3.',
  dials: 'One dial for each pair of numbers',
  dial: 'Pair %1, turns %2 a place, adds %3 to the score',
  speed: '%1 a place',
  score: 'Added up, the score q·k is',
  m: 'place of the query, m',
  n: 'place of the key, n',
  lock: 'keep the distance (L)',
  locked: 'The distance is kept: both move together.',
  unlocked: 'The distance is free: each moves by itself.',
  play: 'Move both',
  pause: 'Stop',
  distance: 'at a distance of %1 − %2 = %3',
  live: 'm = %1, n = %2, distance %3: the score q·k is %4.',
  how: 'Pair %1: the query turns by %2, the key by %3. The arrows end at %4 and %5; multiplied and added: %6.',
  pair: 'pair',
  perPlace: 'turn a place',
  radians: 'in radians',
  query: 'query',
  key: 'key',
  part: 'part of q·k'
} as const;
