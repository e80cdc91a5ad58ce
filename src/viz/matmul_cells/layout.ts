/** Where the three tables stand: the result at the right of X and below W, names around. */
import type { ICell } from '../kit/cells';
import type { IMatmul, IMatmulInputs } from './compute';
import { number } from './terms';

export interface INames {
  readonly rows: readonly string[];
  readonly inner: readonly string[];
  readonly columns: readonly string[];
}

export interface ILook {
  readonly row: number;
  readonly column: number;
  /** How many terms are added up; the last of them is marked unless all are. */
  readonly shown: number;
  /** Whether a cell is still a question. */
  hidden(row: number, column: number): boolean;
  /** What a cell of the result says. */
  says(row: number, column: number): string;
}

/** The lines of the lattice in one direction: a table, a gap, a table, and names outside. */
export function tracks(first: number, second: number): string {
  return `auto repeat(${first},var(--nl-cell)) 8px repeat(${second},var(--nl-cell)) auto`;
}

export function lattice(
  { x, w }: IMatmulInputs,
  { sizes, y }: IMatmul,
  names: INames,
  look: ILook
): ICell[] {
  const { N, K, M } = sizes;
  const range = (count: number): number[] => [...Array(count).keys()];
  const [right, below] = [K + 3, K + 3];
  const whole = look.shown === K;
  const marked = whole ? -1 : look.shown - 1;
  const name = (row: number, column: number, text = ''): ICell => ({
    row,
    column,
    text,
    kind: 'name'
  });
  return [
    ...range(M).map(j => name(1, right + j, names.columns[j])),
    ...range(K).map(k => name(2 + k, right + M, names.inner[k])),
    ...range(N).map(i => name(below + i, 1, names.rows[i])),
    ...range(K).map(k => name(below + N, 2 + k, names.inner[k])),
    ...range(K).flatMap(k =>
      range(M).map(j => ({
        row: 2 + k,
        column: right + j,
        text: number(w.data[k * M + j] ?? NaN),
        kind: j === look.column ? 'two' : 'pale',
        chosen: j === look.column && k === marked
      }))
    ),
    ...range(N).flatMap(i =>
      range(K).map(k => ({
        row: below + i,
        column: 2 + k,
        text: number(x.data[i * K + k] ?? NaN),
        kind: i === look.row ? 'one' : 'pale',
        chosen: i === look.row && k === marked
      }))
    ),
    ...range(N).flatMap(i =>
      range(M).map(j => {
        const chosen = i === look.row && j === look.column;
        const pending = look.hidden(i, j) || (chosen && !whole);
        return {
          row: below + i,
          column: right + j,
          text: pending ? '?' : number(y[i]?.[j] ?? NaN),
          kind: 'result',
          label: look.says(i, j),
          focus: { row: i, column: j },
          chosen
        };
      })
    )
  ];
}
