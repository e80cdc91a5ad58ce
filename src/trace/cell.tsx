/** How the chosen number came about, with the numbers it was made of. */
import * as React from 'react';

import { ApiError } from '../api/failure';
import { explain, type Explanation } from './formula';
import type { IPart } from './services';
import { shown } from './tensor';

interface ICellProps extends IPart {
  readonly cell: readonly [number, number];
  readonly value: number;
}

export function CellView(props: ICellProps): JSX.Element | null {
  const { trace, room, trans, cell, value } = props;
  const { step, tensor, at } = room.choice;
  const key = [trace.name, step, tensor, at.join(), cell.join()].join('/');
  const [found, setFound] = React.useState<{
    key: string;
    is: Explanation | string;
  } | null>(null);
  React.useEffect(() => {
    let left = false;
    explain(
      { trace, step, tensor, at, row: cell[0], column: cell[1] },
      trans
    ).then(
      is => left || setFound({ key, is }),
      (thrown: unknown) =>
        left || setFound({ key, is: ApiError.from(thrown).message })
    );
    return () => {
      left = true;
    };
  }, [key]);
  if (found === null || found.key !== key) {
    return null;
  }
  const { is } = found;
  return (
    <section
      className="jp-NanochatLearn-made"
      aria-label={trans.__('How this number came about')}
    >
      <h4>{trans.__('How this number came about')}</h4>
      {typeof is === 'string' && <p role="alert">{is}</p>}
      {typeof is !== 'string' && is.kind === 'weights' && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'It is made with weights of the model, which a trace does not hold. The line above shows how.'
          )}
        </p>
      )}
      {typeof is !== 'string' && is.kind === 'missing' && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'For that the trace would have to hold %1.',
            is.names.join(', ')
          )}{' '}
          <code>{`names=["default", ${is.names.map(ending).join(', ')}]`}</code>
        </p>
      )}
      {typeof is !== 'string' && is.kind === 'made' && (
        <>
          <ol>
            {is.lines.map((line, n) => (
              <li key={n}>{line}</li>
            ))}
          </ol>
          {Math.abs(is.result - value) > 1e-6 * Math.abs(value) && (
            <p className="jp-NanochatLearn-quiet">
              {trans.__(
                'The trace says %1; the rest is rounding, because numbers are kept with fewer digits.',
                shown(value)
              )}
            </p>
          )}
        </>
      )}
    </section>
  );
}

/** The name without its layer, as `names=` takes it. */
function ending(name: string): string {
  return `"${name.replace(/^blocks\.\d+\./, '')}"`;
}
