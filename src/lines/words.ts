/** Shapes and ranges in words: short on the line, longer in the tooltip, read aloud. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { LineRecord, LineValue } from '../api/types.gen';

/** Groups that stand on a line; more are counted. */
const MOST = 3;
/** Names that a group spells out. */
const MOST_NAMES = 4;

const SHORT: Readonly<Record<string, string>> = {
  float64: 'f64',
  float32: 'f32',
  float16: 'f16',
  bfloat16: 'bf16',
  int64: 'i64',
  int32: 'i32',
  int16: 'i16',
  int8: 'i8',
  uint8: 'u8'
};

/** `(1, 4, 12, 64)`, as Python writes it. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** `q, k (1, 4, 12, 64) f32 · y (1, 12, 64) f32`: what was assigned, alike together. */
export function chipText({ values }: LineRecord): string {
  const groups = new Map<string, string[]>();
  for (const { name, shape, dtype } of values) {
    const alike = `${shapeText(shape)} ${SHORT[dtype] ?? dtype}`;
    groups.set(alike, [...(groups.get(alike) ?? []), name]);
  }
  const all = [...groups].map(([alike, names]) => {
    const told = names.slice(0, MOST_NAMES).join(', ');
    return `${told}${names.length > MOST_NAMES ? ', …' : ''} ${alike}`;
  });
  const more = all.length - MOST;
  return all.slice(0, MOST).join(' · ') + (more > 0 ? ` · +${more}` : '');
}

/** A number of a run, at most four figures long. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return value !== 0 && (size >= 1e5 || size < 1e-3)
    ? value.toExponential(2)
    : String(Number(value.toPrecision(4)));
}

/** From the smallest to the largest, and what is wrong with the numbers. */
export function rangeText(value: LineValue, trans: TranslationBundle): string {
  const { min, max, not_finite: bad } = value;
  const range =
    min === null || max === null
      ? value.shape.includes(0)
        ? trans.__('no numbers: one side has length 0')
        : trans.__('no numbers that can be compared')
      : min === max
        ? trans.__('all are %1', numberText(min))
        : trans.__('from %1 to %2', numberText(min), numberText(max));
  return bad > 0
    ? `${range}; ${trans._n('%1 is NaN or infinite', '%1 are NaN or infinite', bad)}`
    : range;
}

/** How often the line ran, and which shapes it made on the way. */
export function historyText(
  { hits }: LineRecord,
  { shapes }: LineValue,
  trans: TranslationBundle
): string {
  const others = shapes.slice(0, -1);
  if (hits === 1) {
    return trans.__('The line ran once.');
  }
  return others.length === 0
    ? trans.__('The line ran %1 times; this is the last time.', hits)
    : trans.__(
        'The line ran %1 times; this is the last time. Before: %2.',
        hits,
        others.map(shapeText).join(', ')
      );
}

export function staleText(trans: TranslationBundle): string {
  return trans.__(
    'The line was changed after this run. Run it again to see what it makes now.'
  );
}

/** All of it, for a screen reader. */
export function spokenText(
  record: LineRecord,
  stale: boolean,
  trans: TranslationBundle
): string {
  const values = record.values.map(value =>
    trans.__(
      '%1: shape %2, %3, %4. %5',
      value.name,
      shapeText(value.shape),
      value.dtype,
      rangeText(value, trans),
      historyText(record, value, trans)
    )
  );
  return [...(stale ? [staleText(trans)] : []), ...values].join(' ');
}
