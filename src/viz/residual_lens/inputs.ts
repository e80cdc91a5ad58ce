/** What the host sent, or else the recorded example. */
import type { IModel } from '../kit/host';
import { numbers } from '../kit/tensor';
import type { ILensInputs } from './compute';
import example from './example.json';
import { tokenText } from './texts';

export interface IGiven extends ILensInputs {
  /** A token as people read it. */
  readonly text: (id: number) => string;
  readonly tokens: readonly string[];
  readonly isRecorded: boolean;
}

/** Throws a sentence where shares and names do not fit together. */
export function given(model: IModel): IGiven {
  const sent = model.get('shares');
  const named = model.get('names');
  if (sent === undefined || !Array.isArray(named)) {
    return {
      ...example,
      text: texts(example.ids.flat(), example.names.flat()),
      isRecorded: true
    };
  }
  const all = numbers(sent, []);
  const ids = numbers(model.get('ids'), []);
  const shape = (sent as { shape?: readonly number[] }).shape ?? [];
  const [layers = 0, ranks = 0] = shape;
  if (
    shape.length !== 2 ||
    layers < 2 ||
    ranks < 1 ||
    all.length !== layers * ranks ||
    ids.length !== all.length ||
    named.length !== all.length
  ) {
    throw new Error(
      'The readings of the layers do not fit together. Trace again with "lens" among the names.'
    );
  }
  const cut = <T>(list: readonly T[]): T[][] =>
    Array.from({ length: layers }, (_, n) =>
      list.slice(n * ranks, (n + 1) * ranks)
    );
  const tokens = model.get('tokens');
  return {
    shares: cut(all),
    ids: cut(ids),
    text: texts(ids, named.map(String)),
    tokens: Array.isArray(tokens) ? tokens.map(String) : [],
    isRecorded: false
  };
}

function texts(
  ids: readonly number[],
  names: readonly string[]
): (id: number) => string {
  const known = new Map(ids.map((id, n) => [id, names[n] as string]));
  return id => tokenText(id, known.get(id) ?? '');
}
