/**
 * How far the search by meaning is, small and quiet: words and graph answer in every phase,
 * so nothing here stands in the way of a question.
 */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import * as React from 'react';

import { ApiError } from '../api/failure';
import type { RetrievalState } from '../api/types.gen';
import { useField } from '../parts/use-field';
import type { IRoom } from './shown';

/** Milliseconds until one asks again how far work is that one did not begin. */
const AGAIN = 3000;

export function Vectors({ room }: { room: IRoom }): JSX.Element | null {
  const { circumstances, trans } = room;
  const retrieval = useField(circumstances.retrieval);
  const [stopper, setStopper] = React.useState<AbortController | null>(null);
  const working = retrieval.kind === 'ready' && isWorking(retrieval.value);
  React.useEffect(() => {
    // Work that somebody else began (an index run, another tab) tells us nothing.
    if (working && stopper === null) {
      const timer = setTimeout(
        () => void circumstances.refreshRetrieval(),
        AGAIN
      );
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [circumstances, retrieval, working, stopper]);
  if (retrieval.kind !== 'ready') {
    return null;
  }
  const state = retrieval.value;
  const go = async (download: boolean): Promise<void> => {
    const abort = new AbortController();
    setStopper(abort);
    await embed(room, download, abort.signal);
    setStopper(null);
  };
  const better = state.qwen === 'absent' && state.embedder.kind !== 'named';
  return (
    <details className="jp-NanochatLearn-vectors">
      <summary>{summaryOf(state, trans)}</summary>
      <p>{sentenceOf(state, trans)}</p>
      {state.failure !== null && (
        <p className="jp-NanochatLearn-quiet">
          {state.failure.sentence} {state.failure.hint}
        </p>
      )}
      {(state.phase === 'embedding' || state.qwen === 'downloading') && (
        <progress
          max={Math.max(1, state.total)}
          value={state.phase === 'embedding' ? state.embedded : undefined}
          aria-label={trans.__('Search by meaning')}
        />
      )}
      {stopper !== null ? (
        <Do label={trans.__('Stop')} click={() => stopper.abort()} />
      ) : (
        (state.phase === 'waiting' || state.phase === 'failed') && (
          <Do label={trans.__('Prepare it now')} click={() => void go(false)} />
        )
      )}
      {stopper === null && better && (
        <Do
          label={trans.__(
            'Download a better model (%1)…',
            sizeOf(state.qwen_bytes, trans)
          )}
          click={() =>
            void agreed(state, room).then(yes => (yes ? go(true) : undefined))
          }
        />
      )}
    </details>
  );
}

function isWorking({ phase, qwen }: RetrievalState): boolean {
  return phase === 'loading' || phase === 'embedding' || qwen === 'downloading';
}

function Do(props: { label: string; click: () => void }): JSX.Element {
  return (
    <button
      type="button"
      className="jp-NanochatLearn-small"
      onClick={props.click}
    >
      {props.label}
    </button>
  );
}

type Trans = IRoom['trans'];

function summaryOf(state: RetrievalState, trans: Trans): string {
  if (state.qwen === 'downloading') {
    return trans.__('Search: a better model is on its way');
  }
  switch (state.phase) {
    case 'ready':
      return state.embedder.kind === 'words'
        ? trans.__('Search: by words')
        : trans.__('Search: by words and meaning');
    case 'embedding':
      return trans.__(
        'Search: by words; by meaning %1 of %2',
        state.embedded,
        state.total
      );
    case 'loading':
      return trans.__('Search: by words while the model loads');
    case 'unindexed':
    case 'waiting':
      return trans.__('Search: by words only');
    case 'failed':
      return trans.__('Search: by words; by meaning failed');
  }
}

function sentenceOf(state: RetrievalState, trans: Trans): string {
  const { embedder, estimate_seconds: seconds, phase } = state;
  if (phase === 'waiting' || phase === 'embedding') {
    return seconds === null
      ? trans.__(
          'Search by meaning finds what is said in other words. It is prepared once, on this machine.'
        )
      : trans.__(
          'Search by meaning finds what is said in other words. It is prepared once, on this machine, in about %1.',
          durationOf(seconds, trans)
        );
  }
  return embedder.kind === 'words'
    ? trans.__('There is no model here that turns text into numbers.')
    : trans.__('The model on this machine: %1.', embedder.label);
}

function durationOf(seconds: number, trans: Trans): string {
  return seconds < 90
    ? trans.__('%1 seconds', Math.max(1, Math.round(seconds)))
    : trans.__('%1 minutes', Math.round(seconds / 60));
}

function sizeOf(bytes: number, trans: Trans): string {
  return bytes >= 1e9
    ? trans.__('%1 GB', (bytes / 1e9).toFixed(1))
    : trans.__('%1 MB', Math.round(bytes / 1e6));
}

async function agreed(
  state: RetrievalState,
  { trans }: IRoom
): Promise<boolean> {
  const { button } = await showDialog({
    title: trans.__('Download a better search model?'),
    body: trans.__(
      'Qwen3-Embedding-0.6B is fetched from huggingface.co once: %1. It runs on this machine; your code is sent nowhere. Search goes on by words meanwhile.',
      sizeOf(state.qwen_bytes, trans)
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Not now') }),
      Dialog.okButton({ label: trans.__('Download') })
    ]
  });
  return button.accept;
}

async function embed(
  { api, circumstances, session }: IRoom,
  download: boolean,
  signal: AbortSignal
): Promise<void> {
  const document = session.document.value;
  try {
    for await (const event of api.embed(document, download, signal)) {
      if (event.type === 'error') {
        const { retrieval } = circumstances;
        if (retrieval.value.kind === 'ready') {
          const value: RetrievalState = {
            ...retrieval.value.value,
            phase: 'failed',
            failure: event.failure
          };
          retrieval.set({ kind: 'ready', value });
        }
        return;
      }
      circumstances.retrieval.set({ kind: 'ready', value: event.state });
    }
  } catch (thrown) {
    if (ApiError.from(thrown).code !== 'stopped') {
      console.warn('Search by meaning:', thrown);
    }
    await circumstances.refresh();
  }
}
