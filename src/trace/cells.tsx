/** The numbers of a table as text, around the chosen cell. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { type IMatrix, shown } from './tensor';

interface ICellsProps {
  readonly matrix: IMatrix;
  readonly cell: readonly [number, number];
  readonly choose: (cell: readonly [number, number]) => void;
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly label: string;
  readonly trans: TranslationBundle;
}

/** So many rows and columns are written; the window follows the cell. */
const WINDOW = 32;

export function Cells(props: ICellsProps): JSX.Element {
  const { matrix, cell, choose, trans } = props;
  const rows = span(cell[0], matrix.rows);
  const columns = span(cell[1], matrix.columns);
  const whole = rows.length * columns.length === matrix.values.length;
  return (
    <div>
      {!whole && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'Rows %1–%2 of %3, columns %4–%5 of %6; choose another cell to see others.',
            rows[0],
            rows[rows.length - 1],
            matrix.rows,
            columns[0],
            columns[columns.length - 1],
            matrix.columns
          )}
        </p>
      )}
      <div
        className="jp-NanochatLearn-cells"
        tabIndex={0}
        role="region"
        aria-label={props.label}
      >
        <table>
          <thead>
            <tr>
              <td />
              {columns.map(n => (
                <th key={n} scope="col">
                  {props.columnLabels[n]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => (
              <tr key={row}>
                <th scope="row">{props.rowLabels[row]}</th>
                {columns.map(column => (
                  <td
                    key={column}
                    className={
                      row === cell[0] && column === cell[1]
                        ? 'jp-mod-chosen'
                        : undefined
                    }
                    onClick={() => choose([row, column])}
                  >
                    {shown(matrix.values[row * matrix.columns + column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function span(at: number, count: number): number[] {
  const first = Math.max(
    0,
    Math.min(at - Math.floor(WINDOW / 2), count - WINDOW)
  );
  return Array.from(
    { length: Math.min(WINDOW, count - first) },
    (_, n) => first + n
  );
}
