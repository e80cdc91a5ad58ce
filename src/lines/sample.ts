/** Recorded lines for the tests of this folder. */
import type { LineRecord, LineValue } from '../api/types.gen';

export function record(
  line: number,
  text: string,
  ...values: (Partial<LineValue> & { name: string })[]
): LineRecord {
  return {
    line,
    text,
    hits: 1,
    values: values.map(value => ({
      shape: [1, 4],
      dtype: 'float32',
      min: -1,
      max: 2.5,
      not_finite: 0,
      histogram: [3, 0, 1],
      shapes: [[1, 4]],
      ...value
    }))
  };
}
