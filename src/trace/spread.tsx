/** How the numbers of a table are spread: bars, and the same as a table. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { histogram, type IMatrix, rangeOf, shown } from './tensor';

const BINS = 24;

export function Spread({
  matrix,
  trans
}: {
  matrix: IMatrix;
  trans: TranslationBundle;
}): JSX.Element {
  const range = rangeOf(matrix.values);
  const counts = histogram(matrix.values, range, BINS);
  const most = Math.max(...counts, 1);
  const width = (range.max - range.min) / BINS;
  const from = (n: number): string => shown(range.min + n * width);
  return (
    <div className="jp-NanochatLearn-spread">
      <svg
        viewBox={`0 0 ${BINS * 10} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={trans.__(
          '%1 numbers from %2 to %3; the fullest bar holds %4.',
          matrix.values.length,
          shown(range.min),
          shown(range.max),
          most
        )}
      >
        {counts.map((count, n) => (
          <rect
            key={n}
            x={n * 10 + 0.5}
            width={9}
            y={100 - (100 * count) / most}
            height={(100 * count) / most}
          >
            <title>{`${from(n)} … ${from(n + 1)}: ${count}`}</title>
          </rect>
        ))}
      </svg>
      <div className="jp-NanochatLearn-legend">
        <span>{shown(range.min)}</span>
        <span />
        <span>{shown(range.max)}</span>
      </div>
      {range.notFinite > 0 && (
        <p>
          {trans._n(
            '%1 number is not finite (NaN or ∞).',
            '%1 numbers are not finite (NaN or ∞).',
            range.notFinite
          )}
        </p>
      )}
      <details>
        <summary>{trans.__('As a table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{trans.__('from')}</th>
              <th scope="col">{trans.__('how many')}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count, n) => (
              <tr key={n}>
                <td>{from(n)}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
