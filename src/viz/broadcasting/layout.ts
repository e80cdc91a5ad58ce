/**
 * Where the numbers of a table stand: sheets beside each other, as many as fit a narrow
 * panel. A table is drawn as large as the result; what it does not hold itself are ghosts.
 */
import type { ICell } from '../kit/cells';
import { type IBroadcast, type Sizes } from './compute';

export type Index = readonly [number, number, number];

/** So many columns of numbers are drawn side by side at most. */
const WIDEST = 8;

export interface ITableLook {
  readonly kind: string;
  readonly chosen: Index | null;
  value(index: Index): string;
  /** For the result: what a place says by ear. */
  readonly label?: (index: Index) => string;
}

/** The size a table is stretched to: its own in a direction that breaks. */
export function stretched({ axes }: IBroadcast, own: Sizes): Index {
  return axes.map(({ result, verdict }, axis) =>
    verdict === 'breaks'
      ? Math.max(own[axis] as number, 1)
      : Math.max(result, 1)
  ) as unknown as Index;
}

export function table(
  drawn: Index,
  own: Sizes,
  { kind, chosen, value, label }: ITableLook
): ICell[] {
  const [S, R, C] = drawn;
  const beside = Math.max(Math.floor(WIDEST / C), 1);
  return Array.from({ length: S * R * C }, (_, n) => {
    const index: Index = [
      Math.floor(n / (R * C)),
      Math.floor(n / C) % R,
      n % C
    ];
    const [s, r, c] = index;
    const away = index.map((at, axis) => ((own[axis] as number) > 1 ? 0 : at));
    const ghost = away.some(steps => steps > 0);
    const [line, place] = [Math.floor(s / beside), s % beside];
    return {
      row: line * (R + 1) + r + 1,
      column: place * (C + 1) + c + 1,
      text: value(index),
      kind: ghost ? `${kind} ghost` : kind,
      focus: { row: r, column: c, ...(S > 1 ? { head: s } : {}) },
      chosen: chosen !== null && index.every((at, axis) => at === chosen[axis]),
      ...(label ? { label: label(index) } : {}),
      ...(ghost
        ? {
            from: [
              -(away[2] as number) - (away[0] ? place * (C + 1) : 0),
              -(away[1] as number) - (away[0] ? line * (R + 1) : 0)
            ] as const
          }
        : {})
    };
  });
}

/** Lines of the lattice: numbers, with a narrow gap after each sheet. */
export function gaps([S, R, C]: Index): { columns: string; rows: string } {
  const beside = Math.max(Math.floor(WIDEST / C), 1);
  const lines = Math.ceil(S / beside);
  const sheet = (count: number): string =>
    `repeat(${count},var(--nl-cell)) 5px`;
  return {
    columns: Array.from({ length: Math.min(beside, S) }, () => sheet(C)).join(
      ' '
    ),
    rows: Array.from({ length: lines }, () => sheet(R)).join(' ')
  };
}
