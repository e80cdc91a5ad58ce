/** Before the first question: what this is, what to ask, what is sent, how to add a model. */
import { PathExt } from '@jupyterlab/coreutils';
import * as React from 'react';

import { useField } from '../parts/use-field';
import { nodeOf } from '../state/graph';
import { CommandIds } from '../tokens';
import { hostOf } from './dialogs/words';
import type { IRoom } from './shown';

export function Welcome({ room }: { room: IRoom }): JSX.Element {
  const { circumstances, commands, model, session, trans } = room;
  const tutor = useField(circumstances.tutor);
  useField(session.selection);
  useField(session.document);
  const key = tutor.kind === 'ready' ? tutor.value.key : null;
  return (
    <div className="jp-NanochatLearn-welcome">
      <h2>{trans.__('Ask the code')}</h2>
      <p>
        {trans.__(
          'Ask in your own words. The answer points at the lines and notes it stands on: press such a sign to see them, and they light up on the map.'
        )}
      </p>
      <h3>{trans.__('Try one of these')}</h3>
      <ul className="jp-NanochatLearn-samples">
        {samples(room).map(sample => (
          <li key={sample}>
            <button
              type="button"
              className="jp-NanochatLearn-sample"
              onClick={() => model.input.send(sample)}
            >
              {sample}
            </button>
          </li>
        ))}
      </ul>
      {tutor.kind === 'failed' && (
        <p className="jp-NanochatLearn-quiet">
          {tutor.sentence} {tutor.hint}
        </p>
      )}
      {key === 'none' && (
        <>
          <h3>{trans.__('Without a language model')}</h3>
          <p>
            {trans.__(
              'You get the best passages of notes and code. Nothing leaves this machine.'
            )}
          </p>
          <p>
            {trans.__(
              'With a language model the passages become an explanation that you can ask back. You need a key of a provider, or a model on your own machine.'
            )}
          </p>
          <button
            type="button"
            className="jp-NanochatLearn-do jp-mod-first"
            onClick={() => void commands.execute(CommandIds.tutorKey)}
          >
            {trans.__('Add a language model…')}
          </button>
        </>
      )}
      {key !== null && key !== 'none' && tutor.kind === 'ready' && (
        <>
          <h3>{trans.__('What is sent')}</h3>
          <p>
            {trans.__(
              'Your question, the passages of code and notes that fit it, and what is lit below as “goes along” are sent to %1. Nothing else. “What is sent?” shows it word by word.',
              hostOf(tutor.value.base_url)
            )}
          </p>
        </>
      )}
    </div>
  );
}

/** Three questions about what is open: a concept, a file, or the whole. */
function samples({ session, trans }: IRoom): readonly string[] {
  const graph = session.graph.value;
  const id = session.selection.value;
  const node =
    graph.kind === 'ready' && id !== null ? nodeOf(graph.value, id) : null;
  if (node?.type === 'concept') {
    return [
      trans.__('What is “%1”, in plain words?', node.label),
      trans.__('Which lines of the code do “%1”?', node.label),
      trans.__('What would go wrong without “%1”?', node.label)
    ];
  }
  const name = PathExt.basename(session.document.value);
  if (name.endsWith('.py')) {
    return [
      trans.__('What is %1 for?', name),
      trans.__('What should I read first in %1?', name),
      trans.__('Who uses %1?', name)
    ];
  }
  return [
    trans.__('Where does the model remember earlier words?'),
    trans.__('How does a word become numbers?'),
    trans.__('How does the model choose its next word?')
  ];
}
