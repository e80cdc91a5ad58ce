/**
 * A training while it runs and afterwards: what each step measured as curves, one step with its
 * numbers, what the model wrote, and a button that makes the training wait.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { TrainingRecord } from '../api/types.gen';
import { Curve } from './curve';
import type { OpenTraining } from './open-training';
import { Parts } from './parts';
import { failed } from './room';
import type { IServices } from './services';
import { shown } from './tensor';

interface ITrainingPart extends IServices {
  readonly training: OpenTraining;
}

/** Rows of the table that says what the curves say. */
const ROWS = 40;

type Measured = 'loss' | 'learning_rate' | 'gradient' | 'update';

export function TrainingView(props: ITrainingPart): JSX.Element {
  const { training, room, trans } = props;
  const { records } = training;
  const at = room.choice.step;
  const here = records[at];
  const go = (step: number): void => room.choose({ step });
  const measures = measured(trans);
  const own = [...new Set(records.flatMap(r => Object.keys(r.figures)))];
  return (
    <>
      <Waiting {...props} />
      {training.damaged.map(sentence => (
        <p key={sentence} role="alert">
          {sentence}
        </p>
      ))}
      {here === undefined ? (
        <p role="status">
          {training.isGrowing
            ? trans.__('No step has been taken yet. It appears here.')
            : trans.__('This training has no steps.')}
        </p>
      ) : (
        <>
          <label className="jp-NanochatLearn-trainingStep">
            <span>
              {trans.__('Step %1 of %2', here.step + 1, lastStep(records) + 1)}
            </span>
            <input
              type="range"
              data-lm-suppress-shortcuts="true"
              min={0}
              max={records.length - 1}
              value={at}
              aria-valuetext={inWords(here, measures, trans)}
              onChange={({ target }) => go(Number(target.value))}
            />
          </label>
          <p className="jp-NanochatLearn-spoken" role="status">
            {training.isGrowing ? '' : inWords(here, measures, trans)}
          </p>
          {measures.map(([key, name, meaning]) => (
            <Curve
              key={key}
              name={name}
              meaning={meaning}
              values={records.map(record => record[key])}
              at={at}
              choose={go}
              trans={trans}
            />
          ))}
          {own.map(name => (
            <Curve
              key={`own ${name}`}
              name={name}
              meaning={trans.__('Told by the loop of the training.')}
              values={records.map(record => record.figures[name] ?? null)}
              at={at}
              choose={go}
              trans={trans}
            />
          ))}
          <Sample records={records} at={at} trans={trans} />
          <Parts training={training} at={at} trans={trans} />
          <Table records={records} measures={measures} trans={trans} />
        </>
      )}
    </>
  );
}

function measured(
  trans: TranslationBundle
): ReadonlyArray<readonly [Measured, string, string]> {
  return [
    [
      'loss',
      trans.__('Loss'),
      trans.__('How wrong the model was: what training makes small.')
    ],
    [
      'learning_rate',
      trans.__('Learning rate'),
      trans.__('How far a step goes for the same slope.')
    ],
    [
      'gradient',
      trans.__('Size of the slope'),
      trans.__('Length of the gradient over all weights, before the step.')
    ],
    [
      'update',
      trans.__('Size of the step'),
      trans.__('How far all weights moved together.')
    ]
  ];
}

/** Whether it runs, waits or has ended, and the button that changes it. */
function Waiting({ training, room, trans }: ITrainingPart): JSX.Element {
  const [error, setError] = React.useState('');
  const { isGrowing, isPaused } = training;
  const state = room.trace?.manifest.state;
  return (
    <div className="jp-NanochatLearn-traceHead">
      <span role="status">
        {!isGrowing
          ? state === 'broken'
            ? trans.__('It broke off: %1', room.trace?.manifest.sentence)
            : trans.__('It has ended.')
          : isPaused
            ? trans.__('It waits before its next step.')
            : trans.__('It is running.')}
      </span>
      {isGrowing && (
        <button
          type="button"
          className="jp-NanochatLearn-do"
          onClick={() =>
            void room.pause(!isPaused).then(
              () => setError(''),
              (thrown: unknown) => setError(failed(thrown).sentence)
            )
          }
        >
          {isPaused ? trans.__('Go on') : trans.__('Pause')}
        </button>
      )}
      {error !== '' && <p role="alert">{error}</p>}
    </div>
  );
}

/** What the model wrote last, up to the step in view. */
function Sample(props: {
  records: readonly TrainingRecord[];
  at: number;
  trans: TranslationBundle;
}): JSX.Element | null {
  const { records, at, trans } = props;
  const last = records
    .slice(0, at + 1)
    .reverse()
    .find(({ sample }) => sample !== '');
  return last === undefined ? null : (
    <section>
      <h3>{trans.__('What it wrote after step %1', last.step + 1)}</h3>
      <p className="jp-NanochatLearn-trainingSample">{last.sample}</p>
    </section>
  );
}

function Table(props: {
  records: readonly TrainingRecord[];
  measures: ReadonlyArray<readonly [Measured, string, string]>;
  trans: TranslationBundle;
}): JSX.Element {
  const { records, measures, trans } = props;
  const every = Math.max(1, Math.ceil(records.length / ROWS));
  const rows = records.filter(
    (_, n) => n % every === 0 || n === records.length - 1
  );
  return (
    <details>
      <summary>
        {every === 1
          ? trans.__('As a table')
          : trans.__('As a table (every %1 steps)', every)}
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('Step')}</th>
            {measures.map(([key, name]) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(record => (
            <tr key={record.step}>
              <th scope="row">{record.step + 1}</th>
              {measures.map(([key]) => (
                <td key={key}>{figure(record[key], trans)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function inWords(
  record: TrainingRecord,
  measures: ReadonlyArray<readonly [Measured, string, string]>,
  trans: TranslationBundle
): string {
  return [
    trans.__('Step %1', record.step + 1),
    ...measures.map(([key, name]) => `${name} ${figure(record[key], trans)}`)
  ].join(', ');
}

function figure(value: number | null, trans: TranslationBundle): string {
  return value === null ? trans.__('no number') : shown(value);
}

function lastStep(records: readonly TrainingRecord[]): number {
  return records[records.length - 1].step;
}
