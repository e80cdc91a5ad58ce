/** One step of a training, matrix by matrix: how steep it was and how far it moved. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PartNorms } from '../api/types.gen';
import type { OpenTraining } from './open-training';
import { failed } from './room';
import { shown } from './tensor';

export function Parts(props: {
  training: OpenTraining;
  at: number;
  trans: TranslationBundle;
}): JSX.Element {
  const { training, at, trans } = props;
  const [open, setOpen] = React.useState(false);
  const [parts, setParts] = React.useState<readonly PartNorms[]>([]);
  const [error, setError] = React.useState('');
  React.useEffect(() => {
    let left = false;
    if (open) {
      training.whole(at).then(
        record => {
          if (!left) {
            setError('');
            setParts(record?.parts ?? []);
          }
        },
        (thrown: unknown) => {
          if (!left) {
            setError(failed(thrown).sentence);
          }
        }
      );
    }
    return () => {
      left = true;
    };
  }, [training, at, open]);
  const figure = (value: number | null): string =>
    value === null ? trans.__('no number') : shown(value);
  return (
    <details
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="jp-NanochatLearn-parts"
    >
      <summary>{trans.__('This step, matrix by matrix')}</summary>
      {error !== '' && <p role="alert">{error}</p>}
      {open && error === '' && parts.length === 0 && (
        <p>{trans.__('Sizes of single matrices were not recorded.')}</p>
      )}
      {parts.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{trans.__('Matrix')}</th>
              <th scope="col">{trans.__('Slope')}</th>
              <th scope="col">{trans.__('Step')}</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, gradient, update }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{figure(gradient)}</td>
                <td>{figure(update)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
