/** Two ways to compute the same thing, and how far apart their results are. */
import * as React from 'react';

import type { CompareResult } from '../api/types.gen';
import { VerdictLine } from '../parts/verdict';
import { withCode } from '../parts/with-code';
import type { IFormProps } from './services';

export function Compare(
  props: IFormProps & { output: CompareResult }
): JSX.Element {
  const { output, trans } = props;
  const { toy, real, shape, difference, tolerance, agree, message } = output;
  const rows: readonly (readonly [string, string])[] = [
    [trans.__('One'), toy],
    [trans.__('The other'), real],
    [trans.__('Shape'), shapeText(shape, trans.__('one number'))],
    [
      trans.__('Largest difference'),
      typeof difference === 'number'
        ? trans.__(
            '%1 (up to %2 is allowed)',
            difference > 0 && difference < TINY
              ? trans.__('less than %1', TINY)
              : short(difference),
            short(tolerance)
          )
        : trans.__('not a number')
    ]
  ];
  return (
    <section aria-label={trans.__('Compared')}>
      <VerdictLine
        verdict={agree ? 'right' : 'wrong'}
        word={agree ? trans.__('They agree.') : trans.__('They differ.')}
      >
        {withCode(message)}
      </VerdictLine>
      <dl className="jp-NanochatLearn-beside">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Below this JavaScript writes `3.4e-21`, which a beginner cannot read. */
const TINY = 1e-6;

/** Two digits say how far apart; the rest would be noise. */
function short(value: number): number {
  return Number(value.toPrecision(2));
}

/** As Python writes it: `(4,)` for a list of four. */
function shapeText(shape: readonly number[], none: string): string {
  return shape.length === 0
    ? none
    : `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}
