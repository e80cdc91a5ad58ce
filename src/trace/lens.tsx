/**
 * The logit lens: what the model would write if it stopped after a layer. Raw, and called so: the
 * layers that are left out have not worked on it.
 */
import * as React from 'react';

import { Fold } from './fold';
import { layerOf } from './names';
import { lensesOf, ranksAt, tokenText } from './ranks';
import type { IPart } from './services';
import { useNumbers } from './use-numbers';

/** Tokens shown of each layer. */
const TOP = 3;

export function Lens(part: IPart): JSX.Element | null {
  const { trace, room, trans } = part;
  const { step } = room;
  const [chosen, setChosen] = React.useState<number | null>(null);
  if (step === null) {
    return null;
  }
  const lenses = lensesOf(step);
  if (lenses.length === 0) {
    return (
      <details>
        <summary>{trans.__('Layer by layer (logit lens)')}</summary>
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'This step holds no readings of single layers. Record them with names=["default", "lens"].'
          )}
        </p>
      </details>
    );
  }
  const texts = step.texts[room.choice.at[0] ?? 0] ?? [];
  const kept =
    step.tensors.find(({ name }) => name === lenses[0])?.shape[1] ?? 1;
  const newest = kept - 1;
  const place = Math.min(chosen ?? newest, newest);
  // With `last_token_only`, fewer positions are kept than were read.
  const first = Math.max(step.length - kept, 0);
  return (
    <Fold summary={trans.__('Layer by layer (logit lens)')}>
      {() => (
        <>
          <p className="jp-NanochatLearn-quiet">
            {trans.__(
              'What the model would write next if it stopped after a layer. Raw: the later layers have not worked on it.'
            )}
          </p>
          {kept > 1 && (
            <label>
              {trans.__('Read after')}{' '}
              <select
                value={place}
                onChange={({ target }) => setChosen(Number(target.value))}
              >
                {Array.from({ length: kept }, (_, n) => (
                  <option key={n} value={n}>
                    {`${step.position + first + n}: ${texts[first + n] ?? ''}`}
                  </option>
                ))}
              </select>
            </label>
          )}
          <table className="jp-NanochatLearn-lens">
            <thead>
              <tr>
                <th scope="col">{trans.__('After')}</th>
                {Array.from({ length: TOP }, (_, n) => (
                  <th key={n} scope="col">
                    {n + 1}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lenses.map(name => (
                <Row
                  key={name}
                  {...part}
                  step={step.step}
                  lens={name}
                  last={lenses[lenses.length - 1]}
                  place={place}
                />
              ))}
            </tbody>
          </table>
          <p className="jp-NanochatLearn-quiet">
            {trans.__(
              'Bold: the token that wins after the last layer. The last line is what the model itself says: it is not raw.'
            )}
            {trace.manifest.vocabulary.length === 0 &&
              ` ${trans.__('The texts of tokens were not known to the trace: # is their id.')}`}
          </p>
        </>
      )}
    </Fold>
  );
}

function Row(
  props: IPart & { step: number; lens: string; last: string; place: number }
): JSX.Element {
  const { trace, room, trans, step, lens, last, place } = props;
  const row = room.choice.at[0] ?? 0;
  const shares = useNumbers(trace, step, lens);
  const ids = useNumbers(trace, step, `${lens}.index`);
  const final = useNumbers(trace, step, `${last}.index`);
  const finalShares = useNumbers(trace, step, last);
  const layer = layerOf(lens);
  const error = shares.error || ids.error;
  const ranks =
    shares.tensor === undefined || ids.tensor === undefined
      ? []
      : ranksAt(shares.tensor, ids.tensor, row, place);
  const winner =
    final.tensor === undefined || finalShares.tensor === undefined
      ? undefined
      : ranksAt(finalShares.tensor, final.tensor, row, place)[0]?.id;
  return (
    <tr>
      <th scope="row">
        {layer === null
          ? trans.__('the table of tokens')
          : lens === last
            ? trans.__('layer %1, the last', layer)
            : trans.__('layer %1', layer)}
      </th>
      {error !== '' ? (
        <td colSpan={TOP} role="alert">
          {error}
        </td>
      ) : (
        Array.from({ length: TOP }, (_, n) => {
          const found = ranks[n];
          return (
            <td
              key={n}
              className={
                found !== undefined && found.id === winner
                  ? 'jp-mod-winner'
                  : undefined
              }
            >
              {found !== undefined && (
                <>
                  <code>{tokenText(trace.manifest, found.id)}</code>{' '}
                  {(100 * found.share).toFixed(found.share < 0.1 ? 1 : 0)} %
                </>
              )}
            </td>
          );
        })
      )}
    </tr>
  );
}
