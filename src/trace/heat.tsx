/** A table of numbers as colours, one pixel each, scaled up; a cell is chosen by pointer or keys. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { gradient, type IScale, paint } from './colours';
import { type IMatrix, shown } from './tensor';

interface IHeatProps {
  readonly matrix: IMatrix;
  readonly scale: IScale;
  readonly cell: readonly [number, number];
  readonly choose: (cell: readonly [number, number]) => void;
  /** The chosen cell in words. */
  readonly told: string;
  readonly label: string;
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly trans: TranslationBundle;
}

/** More names than this do not fit beside the picture. */
const NAMES = 24;
/** A cell is at most so many pixels wide: then the words below stay in view. */
const WIDEST = 30;

export function Heat(props: IHeatProps): JSX.Element {
  const { matrix, scale, cell, choose, trans } = props;
  const { rows, columns } = matrix;
  const canvas = React.useRef<HTMLCanvasElement>(null);
  React.useLayoutEffect(() => {
    if (canvas.current !== null) {
      paint(canvas.current, matrix, scale);
    }
  }, [
    matrix.values.buffer,
    matrix.values.byteOffset,
    rows,
    columns,
    scale.max
  ]);
  const at = (event: React.PointerEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (offset: number, size: number, count: number): number =>
      Math.min(Math.max(Math.floor((offset / size) * count), 0), count - 1);
    return [
      place(event.clientY - box.top, box.height, rows),
      place(event.clientX - box.left, box.width, columns)
    ];
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const [row, column] = cell;
    const to: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, columns - 1]
    };
    const next = to[event.key];
    if (next !== undefined) {
      event.preventDefault();
      choose([
        Math.min(Math.max(next[0], 0), rows - 1),
        Math.min(Math.max(next[1], 0), columns - 1)
      ]);
    }
  };
  const named = rows <= NAMES && rows > 1;
  return (
    <div className="jp-NanochatLearn-heat">
      <div className="jp-NanochatLearn-heatRow">
        {named && (
          <div className="jp-NanochatLearn-heatNames" aria-hidden="true">
            {props.rowLabels.map((name, n) => (
              <span
                key={n}
                className={n === cell[0] ? 'jp-mod-chosen' : undefined}
              >
                {name}
              </span>
            ))}
          </div>
        )}
        <div
          className="jp-NanochatLearn-heatCells"
          role="application"
          aria-label={trans.__('%1. Arrow keys choose a number.', props.label)}
          tabIndex={0}
          style={{
            aspectRatio: `${columns} / ${rows}`,
            maxWidth: rows === 1 ? undefined : columns * WIDEST,
            minHeight: rows === 1 ? 28 : Math.min(rows * 6, 120),
            maxHeight: rows === 1 ? 28 : 420
          }}
          onKeyDown={onKeyDown}
          onPointerDown={event => choose(at(event))}
        >
          <canvas ref={canvas} aria-hidden="true" />
          <span
            className="jp-NanochatLearn-heatMark"
            style={{
              top: `${(100 * cell[0]) / rows}%`,
              left: `${(100 * cell[1]) / columns}%`,
              width: `${100 / columns}%`,
              height: `${100 / rows}%`
            }}
          />
        </div>
      </div>
      <div className="jp-NanochatLearn-legend" aria-hidden="true">
        <span>{shown(scale.min)}</span>
        <span style={{ background: gradient(scale) }} />
        <span>{shown(scale.max)}</span>
      </div>
      <p className="jp-NanochatLearn-told" role="status">
        {props.told}
      </p>
    </div>
  );
}
