/** Every word the picture shows. */
export const STRINGS = {
  intro:
    'To write one token, the model needs a key and a value (two short lists of numbers) of every token so far. It can work them all out again at each call, or keep them: in a cache.',
  question:
    'Guess first: a text grows to %1 tokens, one a call, without a cache. How many keys are worked out in all?',
  questionOn: 'Guess: and how many when the cache keeps them?',
  questionPrompt:
    'Guess: a prompt of %2 tokens is read in one call, then the text grows to %1 tokens, without a cache. How many keys?',
  compared:
    '%1. Only %2 of them are new, the other %3 are the same work done again.',
  comparedOn:
    'Each of the %1 tokens once. The other %2 are taken from the cache.',
  map: 'Map of the work, a row for each call, a column for each token. Arrow keys walk',
  row: 'call %1',
  prefill: '%1 prefill',
  decode: '%1 decode',
  kept: 'kept',
  wouldKeep: 'would keep',
  fresh: 'worked out, new',
  repeated: 'worked out again',
  stored: 'taken from the cache',
  cache: 'keep keys and values: the cache (C)',
  step: 'calls done',
  prompt: 'tokens in the prompt',
  play: 'Play',
  pause: 'Stop',
  nothing: 'Nothing is read yet. Press play, or move “calls done”.',
  nowPrefill:
    'Call 1, prefill: the prompt is read at once, and %1 worked out. %2',
  nowOff:
    'Call %1, decode: %2 worked out; %3 of them had come out the same in the call before. %4',
  nowOn:
    'Call %1, decode: only the key of “%2” is worked out. %3 taken from the cache. %4',
  keyIs: '1 key is',
  keysAre: '%1 keys are',
  other: '1 other is',
  others: '%1 others are',
  writes: 'It writes “%1”.',
  cellFresh: 'Call %1, “%2”: key and value are worked out for the first time.',
  cellAgain:
    'Call %1, “%2”: key and value are worked out again. They are the same as in call %3: a token sees only what stands before it, and that has not changed.',
  cellKept:
    'Call %1, “%2”: key and value are taken from the cache, where call %3 put them.',
  cellLater: 'Call %1 does not read “%2”: it is not written yet.',
  cellNext: 'Call %1 is still to come.',
  work: 'Work: keys worked out so far',
  one: 'In one head of one layer. Values: as many again.',
  without: 'without cache',
  with: 'with cache',
  each: 'each of %1 tokens once',
  outlook:
    'For %1 tokens, the longest text this model reads: %2 keys without, %3 with.',
  room: 'Price: room for what is kept',
  formula:
    '2 (key and value) × %1 layers × %2 key/value heads × %3 numbers × %4 bytes × %5 tokens = %6 bytes',
  formulaOff:
    'The cache is off. On, it would keep 2 (key and value) × %1 layers × %2 key/value heads × %3 numbers × %4 bytes × %5 tokens = %6 bytes',
  kvHeads: 'key/value heads',
  shared: 'Each key/value head serves %1 query heads: 1/%1 of the room.',
  unshared: 'Every query head has its own key/value head.',
  agreement:
    'The answer stays the same. Measured on the recorded model: with and without the cache its scores, up to %2, differ by at most %1. That is rounding.',
  recorded:
    'Recorded from nanochat: its default sizes, trained for %1 steps on made-up sentences. “%2” marks where a text begins; when the model writes it, this text is over.',
  live: '%1 So far %2 keys without a cache, %3 with.',
  switchedOn: 'The cache is on: %1 keys so far.',
  switchedOff: 'The cache is off: %1 keys so far.',
  call: 'call',
  reads: 'tokens',
  total: 'so far without',
  totalWith: 'so far with',
  bytes: 'bytes kept'
} as const;

export type Key = keyof typeof STRINGS;
