/** One tensor of one step: as colours, as bars, as numbers; alone or minus that of another trace. */
import * as React from 'react';

import { CommandIds } from '../tokens';
import { CellView } from './cell';
import { Cells } from './cells';
import { scaleFor } from './colours';
import { Heat } from './heat';
import { axesOf, labels, placeOf, pointOf, tokensUpTo } from './names';
import type { Way } from './room';
import type { IPart } from './services';
import { Spread } from './spread';
import { matrixAt, minus, rangeOf, shown } from './tensor';
import { useNumbers } from './use-numbers';

export function TensorView(part: IPart): JSX.Element | null {
  const { trace, room, trans } = part;
  const { choice } = room;
  const step = room.step;
  const name = choice.tensor;
  const known = room.offered.find(one => one.name === name);
  const here = known?.kept === 'values' || known?.kept === null;
  const other = room.other.kind === 'ready' ? room.other.value : null;
  const mine = useNumbers(trace, step?.step ?? 0, here ? name : '');
  const theirs = useNumbers(other, step?.step ?? 0, here ? name : '');
  if (step === null) {
    return null;
  }
  const record = step.tensors.find(one => one.name === name);
  const compared =
    other !== null && mine.tensor !== undefined && theirs.tensor !== undefined;
  const tensor = compared ? minus(mine.tensor, theirs.tensor) : mine.tensor;
  return (
    <section className="jp-NanochatLearn-tensor">
      <h3>{trans.__('Tensor')}</h3>
      <Choosing {...part} />
      {!here && (
        <p className="jp-NanochatLearn-traceNote">
          {record?.kept === 'dropped'
            ? trans.__(
                'The budget was spent: only shape and range were kept. Trace again with a larger budget.'
              )
            : trans.__('Only these figures were asked for, no numbers.')}
        </p>
      )}
      {record !== undefined && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__('Shape %1', `(${record.shape.join(', ')})`)}
          {record.min !== null &&
            record.max !== null &&
            ` · ${trans.__('from %1 to %2', shown(record.min), shown(record.max))}`}
          {record.not_finite > 0 &&
            ` · ${trans.__('%1 not finite', record.not_finite)}`}
        </p>
      )}
      {mine.tensor?.computed && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__('Worked out from the recorded queries and keys.')}
        </p>
      )}
      {(mine.error || theirs.error) && (
        <p role="alert">{mine.error || theirs.error}</p>
      )}
      {compared && tensor === null && (
        <p role="status">
          {trans.__(
            'The shapes differ here, so there is no difference to show.'
          )}
        </p>
      )}
      {compared && tensor !== null && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__('Shown is this trace minus %1.', other.name)}
        </p>
      )}
      {tensor != null && (
        <Picture {...part} tensor={tensor} compared={compared} />
      )}
      {here && tensor === undefined && !mine.error && (
        <p role="status">{trans.__('Loading the numbers…')}</p>
      )}
    </section>
  );
}

/** Which tensor, in which of its outer directions, shown how. */
function Choosing({ trace, room, trans, commands }: IPart): JSX.Element {
  const { choice } = room;
  const record = room.step?.tensors.find(one => one.name === choice.tensor);
  const pattern = choice.tensor.endsWith('.attn.pattern');
  const queries = room.step?.tensors.find(
    one => one.name === choice.tensor.replace('.attn.pattern', '.attn.q')
  );
  const shape = record?.shape ?? (pattern ? (queries?.shape ?? []) : []);
  const axes = axesOf(trace.manifest, choice.tensor, shape);
  const outer = shape.slice(0, -2);
  const source =
    pointOf(trace.manifest, choice.tensor)?.source ??
    (pattern
      ? pointOf(trace.manifest, choice.tensor.replace('pattern', 'z'))?.source
      : null);
  const ways: [Way, string][] = [
    ['heatmap', trans.__('Heatmap')],
    ['histogram', trans.__('Histogram')],
    ['table', trans.__('Table')]
  ];
  return (
    <div className="jp-NanochatLearn-tensorTools">
      <select
        aria-label={trans.__('Tensor')}
        value={choice.tensor}
        onChange={({ target }) =>
          room.choose({ tensor: target.value, cell: [0, 0] })
        }
      >
        {room.offered.map(({ name, kept }) => (
          <option key={name} value={name}>
            {kept === 'dropped' || kept === 'statistics'
              ? trans.__('%1 (figures only)', name)
              : name}
          </option>
        ))}
      </select>
      {outer.map(
        (length, n) =>
          length > 1 && (
            <label key={n}>
              {axes[n]}{' '}
              <input
                type="number"
                min={0}
                max={length - 1}
                value={Math.min(choice.at[n] ?? 0, length - 1)}
                onChange={({ target }) => {
                  const at = outer.map((_, k) => choice.at[k] ?? 0);
                  at[n] = Math.min(
                    Math.max(Math.trunc(Number(target.value)) || 0, 0),
                    length - 1
                  );
                  room.choose({ at });
                }}
              />
            </label>
          )
      )}
      <div
        role="group"
        className="jp-NanochatLearn-choice"
        aria-label={trans.__('Shown as')}
      >
        {ways.map(([way, label]) => (
          <button
            key={way}
            type="button"
            className="jp-NanochatLearn-tool"
            aria-pressed={choice.way === way}
            onClick={() => room.choose({ way })}
          >
            {label}
          </button>
        ))}
      </div>
      {source != null && (
        <button
          type="button"
          className="jp-NanochatLearn-link"
          onClick={() =>
            void commands.execute(CommandIds.openCode, {
              filePath: source.file_path,
              line: source.line
            })
          }
        >
          {trans.__(
            'The line that makes it: %1',
            `${source.file_path}:${source.line}`
          )}
        </button>
      )}
    </div>
  );
}

function Picture(
  part: IPart & {
    tensor: NonNullable<ReturnType<typeof minus>>;
    compared: boolean;
  }
): JSX.Element {
  const { trace, room, trans, tensor, compared } = part;
  const { choice } = room;
  const matrix = matrixAt(tensor, choice.at);
  const axes = axesOf(trace.manifest, choice.tensor, tensor.shape);
  const tokens = React.useMemo(
    () => tokensUpTo(trace.steps, choice.step, choice.at[0] ?? 0),
    [trace.steps, choice.step, choice.at[0]]
  );
  const rowAxis = axes.at(-2) ?? '';
  const columnAxis = axes.at(-1) ?? '';
  const rowLabels = labels(rowAxis, matrix.rows, tokens);
  const columnLabels = labels(columnAxis, matrix.columns, tokens);
  if (matrix.rows * matrix.columns === 0) {
    return <p>{trans.__('This tensor is empty in this step.')}</p>;
  }
  const cell = [
    Math.min(choice.cell[0], matrix.rows - 1),
    Math.min(choice.cell[1], matrix.columns - 1)
  ] as const;
  const value = matrix.values[cell[0] * matrix.columns + cell[1]];
  const range = rangeOf(matrix.values);
  const share = choice.tensor.endsWith('.attn.pattern') && !compared;
  const told = trans.__(
    '%1 %2 “%3”, %4 %5 “%6”: %7',
    rowAxis || trans.__('row'),
    placeOf(rowAxis, cell[0], matrix.rows, tokens.length),
    rowLabels[cell[0]],
    columnAxis || trans.__('column'),
    cell[1],
    columnLabels[cell[1]],
    shown(value)
  );
  const choose = (to: readonly [number, number]): void =>
    room.choose({ cell: to });
  return (
    <>
      {choice.way === 'heatmap' && (
        <Heat
          matrix={matrix}
          scale={scaleFor(range.min, range.max, share)}
          cell={cell}
          choose={choose}
          told={told}
          label={choice.tensor}
          rowLabels={rowLabels}
          columnLabels={columnLabels}
          trans={trans}
        />
      )}
      {choice.way === 'histogram' && <Spread matrix={matrix} trans={trans} />}
      {choice.way === 'table' && (
        <>
          <Cells
            matrix={matrix}
            cell={cell}
            choose={choose}
            rowLabels={rowLabels}
            columnLabels={columnLabels}
            label={choice.tensor}
            trans={trans}
          />
          <p className="jp-NanochatLearn-told" role="status">
            {told}
          </p>
        </>
      )}
      {!compared && choice.way !== 'histogram' && (
        <CellView {...part} cell={cell} value={value} />
      )}
    </>
  );
}
