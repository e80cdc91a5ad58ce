/** One step of a training, matrix by matrix: how steep it was and how far it moved. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { PartNorms } from '../api/types.gen';
import { Fold } from './fold';
import type { OpenTraining } from './open-training';
import { failed } from './room';
import { shown } from './tensor';

interface IPartsProps {
  readonly training: OpenTraining;
  readonly at: number;
  readonly trans: TranslationBundle;
}

export function Parts(props: IPartsProps): JSX.Element {
  return (
    <Fold
      summary={props.trans.__('This step, matrix by matrix')}
      className="jp-NanochatLearn-parts"
    >
      {() => <Norms {...props} />}
    </Fold>
  );
}

function Norms({ training, at, trans }: IPartsProps): JSX.Element {
  /** null: on their way. */
  const [parts, setParts] = React.useState<readonly PartNorms[] | null>(null);
  const [error, setError] = React.useState('');
  React.useEffect(() => {
    let left = false;
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
    return () => {
      left = true;
    };
  }, [training, at]);
  const figure = (value: number | null): string =>
    value === null ? trans.__('no number') : shown(value);
  if (error !== '') {
    return <p role="alert">{error}</p>;
  }
  if (parts === null) {
    return <></>;
  }
  if (parts.length === 0) {
    return <p>{trans.__('Sizes of single matrices were not recorded.')}</p>;
  }
  return (
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
  );
}
