/**
 * The steps of a trace as a slider with a strip of phases, and play. Playing waits for the
 * numbers of the next step: what is shown belongs to the step that is named.
 */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { TraceStep } from '../api/types.gen';
import type { IPart } from './services';

/** Steps a second. */
const SPEEDS = [1, 4, 15, 60];

export function Scrubber({ trace, room, trans }: IPart): JSX.Element {
  const { steps } = trace;
  const { step: at, tensor } = room.choice;
  const [playing, setPlaying] = React.useState(false);
  const [speed, setSpeed] = React.useState(SPEEDS[1]);
  const last = steps.length - 1;
  const go = (step: number): void => room.choose({ step });

  React.useEffect(() => {
    if (!playing) {
      return;
    }
    let frame = 0;
    let shownAt = performance.now();
    const next = (now: number): void => {
      frame = requestAnimationFrame(next);
      const to = room.choice.step + 1;
      if (to >= trace.steps.length) {
        if (!trace.isGrowing) {
          setPlaying(false);
        }
        return;
      }
      if (now - shownAt < 1000 / speed - 4) {
        return; // 4 ms: frames come a little early or late
      }
      const { tensor } = room.choice;
      const { step, tensors } = trace.steps[to];
      const comes =
        trace.peek(step, tensor) !== undefined ||
        !tensors.some(({ name }) => name === tensor);
      if (!comes) {
        trace.numbers(step, tensor).catch(() => room.choose({ step: to }));
        return;
      }
      shownAt = now;
      room.choose({ step: to });
      const ahead = trace.steps[to + 1];
      if (ahead?.tensors.some(({ name }) => name === tensor)) {
        void trace.numbers(ahead.step, tensor).catch(() => undefined);
      }
    };
    frame = requestAnimationFrame(next);
    return () => cancelAnimationFrame(frame);
  }, [playing, speed, trace]);

  const toggle = (): void => {
    if (!playing && at >= last) {
      go(0);
    }
    setPlaying(!playing);
  };
  const here = steps[at];
  if (here === undefined) {
    return (
      <p role="status">
        {trace.isGrowing
          ? trans.__('No step has been recorded yet. It appears here.')
          : trans.__('This trace has no steps.')}
      </p>
    );
  }
  const told = words(here, at, steps.length, trans);
  return (
    <div
      className="jp-NanochatLearn-scrubber"
      role="group"
      aria-label={trans.__('Steps')}
      data-tensor={tensor}
    >
      <div className="jp-NanochatLearn-scrubTools">
        <Tool name={trans.__('First step')} sign="⏮" click={() => go(0)} />
        <Tool
          name={trans.__('Step before')}
          sign="◀"
          click={() => go(at - 1)}
        />
        <Tool
          name={playing ? trans.__('Pause') : trans.__('Play')}
          sign={playing ? '⏸' : '▶'}
          click={toggle}
        />
        <Tool name={trans.__('Next step')} sign="▶|" click={() => go(at + 1)} />
        <label>
          <span className="jp-NanochatLearn-spoken">
            {trans.__('Steps a second')}
          </span>
          <select
            value={speed}
            title={trans.__('Steps a second')}
            onChange={({ target }) => setSpeed(Number(target.value))}
          >
            {SPEEDS.map(n => (
              <option key={n} value={n}>
                {trans.__('%1 a second', n)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <input
        type="range"
        data-lm-suppress-shortcuts="true"
        min={0}
        max={Math.max(last, 0)}
        value={at}
        aria-label={trans.__('Step')}
        aria-valuetext={told}
        onChange={({ target }) => go(Number(target.value))}
        onKeyDown={event => {
          if (event.key === ' ') {
            event.preventDefault();
            toggle();
          }
        }}
      />
      <Phases steps={steps} trans={trans} />
      <p
        className="jp-NanochatLearn-scrubWords"
        role={playing ? undefined : 'status'}
      >
        {told}
      </p>
    </div>
  );
}

function Tool(props: {
  name: string;
  sign: string;
  click: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      className="jp-NanochatLearn-do"
      aria-label={props.name}
      title={props.name}
      onClick={props.click}
    >
      {props.sign}
    </button>
  );
}

/** One piece for each run of steps of the same phase. */
const Phases = React.memo(
  ({
    steps,
    trans
  }: {
    steps: readonly TraceStep[];
    trans: TranslationBundle;
  }): JSX.Element => {
    const runs: { phase: TraceStep['phase']; count: number }[] = [];
    for (const { phase } of steps) {
      const last = runs.at(-1);
      if (last?.phase === phase) {
        last.count++;
      } else {
        runs.push({ phase, count: 1 });
      }
    }
    return (
      <div className="jp-NanochatLearn-phases" aria-hidden="true">
        {runs.map(({ phase, count }, n) => (
          <span
            key={n}
            className={`jp-mod-${phase}`}
            style={{ flexGrow: count }}
            title={phaseName(phase, trans)}
          />
        ))}
      </div>
    );
  }
);
Phases.displayName = 'Phases';

function phaseName(
  phase: TraceStep['phase'],
  trans: TranslationBundle
): string {
  switch (phase) {
    case 'prefill':
      return trans.__('prefill: the prompt is read at once');
    case 'decode':
      return trans.__('decode: one more token, the rest is cached');
    case 'train':
      return trans.__('training');
    case 'forward':
      return trans.__('forward pass');
  }
}

/** Which step this is, what the model did, and T, the number of tokens it read. */
function words(
  step: TraceStep,
  at: number,
  count: number,
  trans: TranslationBundle
): string {
  const parts = [
    trans.__('Step %1 of %2', at + 1, count),
    phaseName(step.phase, trans),
    `T = ${step.length}`
  ];
  if (step.position > 0) {
    parts.push(trans.__('after %1 tokens', step.position));
  }
  if (step.loss !== null) {
    parts.push(trans.__('loss %1', step.loss.toPrecision(4)));
  }
  return parts.join(' · ');
}
