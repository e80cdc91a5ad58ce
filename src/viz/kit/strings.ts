/** The words of a picture go through one table, so that a host can bring another language. */
import type { IModel } from './host';

/** `%1`, `%2` … in the text are replaced by the values. */
export type Words<K extends string> = (
  key: K,
  ...values: Array<string | number>
) => string;

export function words<K extends string>(
  table: Readonly<Record<K, string>>,
  model: IModel
): Words<K> {
  const translated = (model.get('strings') ?? {}) as Partial<Record<K, string>>;
  return (key, ...values) =>
    (translated[key] ?? table[key]).replace(/%(\d)/g, (_, n: string) =>
      String(values[Number(n) - 1])
    );
}
