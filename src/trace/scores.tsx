/** What the model would write next, from the scores in the trace. Single layers: `lens.tsx`. */
import * as React from 'react';

import type { TraceStep } from '../api/types.gen';
import { Fold } from './fold';
import type { IPart } from './services';
import { matrixAt, shown } from './tensor';
import { useNumbers } from './use-numbers';

const TOP = 5;
const FROM = ['logits_raw', 'logits'];

export function Scores(part: IPart): JSX.Element | null {
  const { room, trans } = part;
  const { step } = room;
  if (step === null) {
    return null;
  }
  const name = FROM.find(one =>
    step.tensors.some(({ name, kept }) => name === one && kept === 'values')
  );
  if (name === undefined) {
    return (
      <details>
        <summary>{trans.__('Next token')}</summary>
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'This step holds no scores. Record "logits", or "logits_raw" for those before the softcap.'
          )}
        </p>
      </details>
    );
  }
  return (
    <Fold
      summary={
        name === 'logits_raw'
          ? trans.__('Next token: raw scores')
          : trans.__('Next token: scores')
      }
    >
      {() => <Best {...part} step={step.step} name={name} />}
    </Fold>
  );
}

/** The best of the newest position. */
function Best(props: IPart & { step: number; name: string }): JSX.Element {
  const { trace, room, trans, step, name } = props;
  const { tensor, error } = useNumbers(trace, step, name);
  const texts = React.useMemo(() => known(trace.steps), [trace.steps]);
  const matrix =
    tensor === undefined ? null : matrixAt(tensor, [room.choice.at[0] ?? 0]);
  const newest =
    matrix === null
      ? []
      : Array.from(
          matrix.values.subarray((matrix.rows - 1) * matrix.columns),
          (score, id) => ({ id, score })
        )
          .sort((a, b) => b.score - a.score)
          .slice(0, TOP);
  return (
    <>
      {error !== '' && <p role="alert">{error}</p>}
      <table className="jp-NanochatLearn-scores">
        <thead>
          <tr>
            <th scope="col">{trans.__('token')}</th>
            <th scope="col">{trans.__('score')}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map(({ id, score }) => (
            <tr key={id}>
              <th scope="row">
                {texts.get(id) ??
                  trace.manifest.vocabulary[id] ??
                  trans.__('token %1', id)}
              </th>
              <td>{shown(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Texts of the tokens that this trace has met. */
function known(steps: readonly TraceStep[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const { tokens, texts } of steps) {
    tokens.forEach((row, n) =>
      row.forEach((id, k) => {
        const text = texts[n]?.[k];
        if (text !== undefined) {
          found.set(id, text);
        }
      })
    );
  }
  return found;
}
