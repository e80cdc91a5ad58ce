/** One measured thing of a training as a curve, with the step in view marked on it. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { curveOf } from './curve-points';
import { shown } from './tensor';

const WIDE = 400;
const HIGH = 80;

interface ICurveProps {
  readonly name: string;
  readonly meaning: string;
  readonly values: ReadonlyArray<number | null>;
  /** Place of the step in view. */
  readonly at: number;
  readonly choose: (place: number) => void;
  readonly trans: TranslationBundle;
}

export function Curve(props: ICurveProps): JSX.Element | null {
  const { name, meaning, values, at, choose, trans } = props;
  const curve = React.useMemo(() => curveOf(values), [values.length, values]);
  if (curve === null) {
    return null; // it was never measured
  }
  const here = values[at] ?? null;
  const last = Math.max(values.length - 1, 1);
  const x = (at / last) * WIDE;
  const y = (up: number): number => HIGH - 2 - up * (HIGH - 4);
  const high =
    here === null || curve.max === curve.min
      ? 0.5
      : (here - curve.min) / (curve.max - curve.min);
  return (
    <figure className="jp-NanochatLearn-curve">
      <figcaption>
        <strong title={meaning}>{name}</strong>
        <span>{here === null ? trans.__('no number') : shown(here)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDE} ${HIGH}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={trans.__(
          '%1 from %2 to %3, lowest %4, highest %5.',
          name,
          values[0] === null ? trans.__('no number') : shown(values[0]),
          here === null ? trans.__('no number') : shown(here),
          shown(curve.min),
          shown(curve.max)
        )}
        onClick={event => {
          const box = event.currentTarget.getBoundingClientRect();
          const part = (event.clientX - box.left) / Math.max(box.width, 1);
          choose(Math.round(part * (values.length - 1)));
        }}
      >
        {curve.lines.map((line, n) => (
          <polyline
            key={n}
            points={line.map(([a, b]) => `${a * WIDE},${y(b)}`).join(' ')}
          />
        ))}
        <line x1={x} x2={x} y1={0} y2={HIGH} />
        {here !== null && <path d={`M${x} ${y(high)}h0.01`} />}
      </svg>
      <div className="jp-NanochatLearn-curveScale">
        <span>{shown(curve.min)}</span>
        <span className="jp-NanochatLearn-quiet">{meaning}</span>
        <span>{shown(curve.max)}</span>
      </div>
      {curve.missing > 0 && (
        <p className="jp-NanochatLearn-traceNote">
          {trans._n(
            '%1 step has no number here (not measured, NaN or ∞).',
            '%1 steps have no number here (not measured, NaN or ∞).',
            curve.missing
          )}
        </p>
      )}
    </figure>
  );
}
