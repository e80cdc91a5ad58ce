/** A small trace, and a server that hands it out, for the tests. No test itself. */
import type {
  TraceManifest,
  TraceName,
  TracePage,
  TraceStep
} from '../api/types.gen';
import type { ITraceApi, ITraceNumbers } from '../tokens';

export function manifest(more: Partial<TraceManifest> = {}): TraceManifest {
  return {
    format: 'nanochat-learn.trace/1',
    name: 'run' as TraceName,
    kind: 'model',
    state: 'complete',
    sentence: '',
    model: {
      kind: 'GPT',
      config: { attention_bound: 2, windows: [8], logit_softcap: 15 },
      parameters: 10,
      device: 'cpu',
      code_hash: ''
    },
    selection: null,
    policy: '',
    points: [],
    aliases: {},
    dropped: [],
    unrecorded: 0,
    steps: 0,
    chunks: 0,
    bytes: 0,
    tokens: [],
    texts: [],
    vocabulary: [],
    ...more
  };
}

export function step(
  number: number,
  position: number,
  texts: string[],
  tensors: Record<string, number[]>
): TraceStep {
  return {
    step: number,
    phase: position === 0 ? 'prefill' : 'decode',
    position,
    length: texts.length,
    chunk: 0,
    tokens: [texts.map((_, n) => position + n)],
    texts: [texts],
    loss: null,
    failed: '',
    tensors: Object.entries(tensors).map(([name, shape]) => ({
      name,
      shape,
      dtype: 'F32',
      kept: 'values',
      key: '',
      start: 0,
      min: null,
      max: null,
      mean: null,
      std: null,
      not_finite: 0
    })),
    weights: []
  };
}

export function float32(shape: number[], values: number[]): ITraceNumbers {
  return {
    dtype: 'F32',
    shape,
    computed: false,
    data: Float32Array.from(values).buffer
  };
}

/** Pages of `size` steps; numbers by `step/name`. */
export function server(
  about: TraceManifest,
  steps: readonly TraceStep[],
  numbers: Readonly<Record<string, ITraceNumbers>> = {},
  size = 256
): ITraceApi {
  return {
    traces: () =>
      Promise.resolve({
        traces: [
          {
            name: about.name,
            kind: about.kind,
            state: about.state,
            model: about.model,
            steps: steps.length,
            phases: [],
            bytes: 1000,
            texts: [],
            tensors: [],
            dropped: [],
            last: null
          }
        ],
        unreadable: []
      }),
    page: (_, name, first): Promise<TracePage> =>
      name === about.name
        ? Promise.resolve({
            manifest: about,
            first,
            total: steps.length,
            steps: steps.slice(first, first + size),
            lines: null,
            damaged: []
          })
        : Promise.reject(new Error(`There is no trace ${name}.`)),
    numbers: (_, __, number, tensor) => {
      const found = numbers[`${number}/${tensor}`];
      return found === undefined
        ? Promise.reject(new Error(`No numbers of ${tensor}.`))
        : Promise.resolve(found);
    },
    difference: () => Promise.reject(new Error('Nothing to compare with.')),
    removeTrace: () => Promise.resolve(),
    training: () => Promise.reject(new Error('This is no training.')),
    pauseTraining: () => Promise.reject(new Error('This is no training.'))
  };
}
