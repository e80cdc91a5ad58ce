/** The numbers a learner can move, by their names in `meta.params`; the host may move them too. */
import type { IModel, Leaving } from './host';
import { oneNumber } from './tensor';

/** Reads a number as it stands in the model; `moved` is called when the host moves one. */
export function params<N extends string>(
  model: IModel,
  leaving: Leaving,
  table: Readonly<Record<N, { readonly default: number }>>,
  moved: (name: N, value: number) => void
): (name: N) => number {
  const read = (name: N): number => oneNumber(model, name, table[name].default);
  (Object.keys(table) as N[]).forEach(name =>
    leaving.watch(model, `change:${name}`, () => moved(name, read(name)))
  );
  return read;
}
