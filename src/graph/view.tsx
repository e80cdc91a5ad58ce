/** The panel's content: the index run, and below it the map or the reason there is none. */
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import { Explorer } from './explorer';
import type { IServices, Wish } from './services';
import { stageOf } from './stage';
import { IndexBar, StateView } from './parts/states';
import { useField } from './use-field';

export function GraphPanelView({
  services,
  asked
}: {
  services: IServices;
  /** What somebody outside asked for last. */
  asked: Wish | null;
}): JSX.Element {
  const { session, trans } = services;
  const status = useField(session.status);
  const graph = useField(session.graph);
  const run = useField(session.indexing);
  // What was shown last stays in view while its successor is loading.
  const before = React.useRef<KnowledgeGraph | null>(null);
  const stage = stageOf(status, graph, before.current);
  before.current = stage.kind === 'ready' ? stage.graph : null;

  return (
    <div
      className="jp-NanochatLearn-graphContent"
      onKeyDown={event => {
        if (event.key === '/' && !isTyping(event.target)) {
          const box = event.currentTarget.querySelector('input[type="search"]');
          if (box instanceof HTMLInputElement) {
            event.preventDefault();
            box.focus();
            box.select();
          }
        }
      }}
    >
      {run !== null && <IndexBar run={run} trans={trans} />}
      {stage.kind === 'ready' ? (
        <Explorer
          graph={stage.graph}
          prefix={stage.prefix}
          services={services}
          asked={asked}
        />
      ) : (
        <StateView stage={stage} indexing={run !== null} services={services} />
      )}
    </div>
  );
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
