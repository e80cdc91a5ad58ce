/** Layers × heads: the attention of every head of this step, small. One is chosen. */
import * as React from 'react';

import { paint, scaleFor } from './colours';
import { patternLayers, patternName } from './names';
import type { IPart } from './services';
import { type IMatrix, matrixAt } from './tensor';
import { useNumbers } from './use-numbers';

const SHARES = scaleFor(0, 1, true);

export function HeadGrid(part: IPart): JSX.Element {
  const { room, trans } = part;
  const layers = patternLayers(room.offered);
  const root = React.useRef<HTMLDivElement>(null);
  if (layers.length === 0) {
    return (
      <section>
        <h3>{trans.__('Heads')}</h3>
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'This step holds no attention. Record queries and keys (names="attn.*"), and every head appears here.'
          )}
        </p>
      </section>
    );
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0]
    };
    const move = moves[event.key];
    const here = (event.target as HTMLElement).dataset;
    if (move === undefined || here.row === undefined) {
      return;
    }
    const to = root.current?.querySelector<HTMLElement>(
      `[data-row="${Number(here.row) + move[0]}"][data-head="${Number(here.head) + move[1]}"]`
    );
    event.preventDefault();
    to?.focus();
    to?.click();
  };
  return (
    <section>
      <h3>{trans.__('Heads: who looks where')}</h3>
      <p className="jp-NanochatLearn-quiet">
        {trans.__(
          'A line for each layer, a square for each head. Both are counted from 0, as in the code: the first is blocks.0.attn, head 0.'
        )}
      </p>
      <div
        ref={root}
        role="grid"
        aria-label={trans.__('Layers and heads')}
        className="jp-NanochatLearn-heads"
        onKeyDown={onKeyDown}
      >
        {layers.map((layer, row) => (
          <Layer
            key={layer}
            {...part}
            layer={layer}
            row={row}
            alone={!layers.some(l => room.choice.tensor === patternName(l))}
          />
        ))}
      </div>
    </section>
  );
}

function Layer(
  props: IPart & { layer: number; row: number; alone: boolean }
): JSX.Element {
  const { trace, room, trans, layer, row, alone } = props;
  const name = patternName(layer);
  const { choice } = room;
  const step = room.step?.step ?? 0;
  const { tensor, error } = useNumbers(trace, step, name);
  // While the numbers come, the places of the heads stand already: the queries tell how many.
  const record = room.step?.tensors.find(
    one => one.name === name || one.name === name.replace('pattern', 'q')
  );
  const heads = (tensor ?? record)?.shape.at(-3) ?? 0;
  const batch = choice.at[0] ?? 0;
  const chosen = choice.tensor === name ? (choice.at[1] ?? 0) : -1;
  return (
    <div role="row" className="jp-NanochatLearn-headRow">
      <span role="rowheader">{layer}</span>
      {error !== '' && <span role="gridcell">{error}</span>}
      {Array.from({ length: heads }, (_, head) => (
        <span role="gridcell" key={head} aria-selected={head === chosen}>
          <button
            type="button"
            data-row={row}
            data-head={head}
            tabIndex={head === chosen || (alone && row + head === 0) ? 0 : -1}
            aria-label={trans.__('Layer %1, head %2', layer, head)}
            title={trans.__('Layer %1, head %2', layer, head)}
            aria-pressed={head === chosen}
            onClick={() => room.choose({ tensor: name, at: [batch, head] })}
          >
            {tensor !== undefined && (
              <Thumb matrix={matrixAt(tensor, [batch, head])} />
            )}
          </button>
        </span>
      ))}
    </div>
  );
}

function Thumb({ matrix }: { matrix: IMatrix }): JSX.Element {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  React.useLayoutEffect(() => {
    if (canvas.current !== null) {
      paint(canvas.current, matrix, SHARES);
    }
  }, [matrix.values.buffer, matrix.values.byteOffset, matrix.columns]);
  return <canvas ref={canvas} aria-hidden="true" />;
}
