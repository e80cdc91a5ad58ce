/** Another trace beside this one: which, and where the two are farthest apart. */
import * as React from 'react';

import { ApiError } from '../api/failure';
import type { TraceDifference } from '../api/types.gen';
import type { IPart } from './services';
import { shown } from './tensor';

const ROWS = 12;

export function Comparing(props: IPart): JSX.Element {
  const { trace, room, trans } = props;
  const { other } = room.choice;
  const [found, setFound] = React.useState<{
    key: string;
    is: TraceDifference | string;
  } | null>(null);
  const key = `${trace.name}/${other}`;
  React.useEffect(() => {
    if (room.list.kind === 'nothing') {
      void room.refreshList();
    }
  }, []);
  React.useEffect(() => {
    let left = false;
    if (other !== '') {
      room.difference(trace.name, other).then(
        is => left || setFound({ key, is }),
        (thrown: unknown) =>
          left || setFound({ key, is: ApiError.from(thrown).message })
      );
    }
    return () => {
      left = true;
    };
  }, [key]);
  const others =
    room.list.kind === 'ready'
      ? room.list.value.traces.filter(
          ({ name, kind }) => name !== trace.name && kind === 'model'
        )
      : [];
  const is = found?.key === key && other !== '' ? found.is : null;
  return (
    <details open={other !== '' || undefined}>
      <summary>{trans.__('Compare')}</summary>
      <select
        aria-label={trans.__('Compare with')}
        value={other}
        onChange={({ target }) => void room.compareWith(target.value)}
      >
        <option value="">
          {others.length === 0
            ? trans.__('There is no other trace')
            : trans.__('Compare with…')}
        </option>
        {others.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {room.other.kind === 'failed' && (
        <p role="alert">{room.other.sentence}</p>
      )}
      {other !== '' && is === null && (
        <p role="status">{trans.__('Comparing…')}</p>
      )}
      {typeof is === 'string' && <p role="alert">{is}</p>}
      {is !== null && typeof is !== 'string' && (
        <Farthest {...props} found={is} />
      )}
    </details>
  );
}

function Farthest({
  trace,
  room,
  trans,
  found
}: IPart & { found: TraceDifference }): JSX.Element {
  const apart = [...found.tensors]
    .sort((a, b) => (b.largest ?? Infinity) - (a.largest ?? Infinity))
    .filter(({ largest }) => largest !== 0);
  const alone = found.only_one.length + found.only_other.length;
  return (
    <>
      <p role="status">
        {apart.length === 0
          ? trans._n(
              'The %1 tensor that both have is the same.',
              'All %1 tensors that both have are the same.',
              found.tensors.length
            )
          : trans.__(
              '%1 of %2 tensors that both have differ.',
              apart.length,
              found.tensors.length
            )}{' '}
        {alone > 0 && trans.__('%1 are in one trace only.', alone)}
      </p>
      {apart.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{trans.__('step')}</th>
              <th scope="col">{trans.__('tensor')}</th>
              <th scope="col">{trans.__('largest difference')}</th>
            </tr>
          </thead>
          <tbody>
            {apart.slice(0, ROWS).map(({ step, name, largest, reason }) => (
              <tr key={`${step}/${name}`}>
                <td>{step}</td>
                <th scope="row">
                  <button
                    type="button"
                    className="jp-NanochatLearn-link"
                    onClick={() =>
                      room.choose({
                        step: trace.steps.findIndex(one => one.step === step),
                        tensor: name
                      })
                    }
                  >
                    {name}
                  </button>
                </th>
                <td>{largest === null ? reason : shown(largest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
