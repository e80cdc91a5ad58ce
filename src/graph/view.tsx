/** The panel's content: the index run, and below it the map or the reason there is none. */
import * as React from 'react';

import type { KnowledgeGraph } from '../api/types.gen';
import { stageOf } from '../parts/stage';
import { slashToSearch } from '../parts/to-search';
import { useField } from '../parts/use-field';
import { Waiting } from '../parts/waiting';
import { Explorer } from './explorer';
import { graphIcon } from './icon';
import { IndexBar, waitingWords } from './parts/states';
import type { IServices, Wish } from './services';

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
      className="jp-NanochatLearn-panelContent jp-NanochatLearn-graphContent"
      onKeyDown={slashToSearch}
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
        <Waiting
          stage={stage}
          indexing={run !== null}
          words={waitingWords(trans)}
          icon={graphIcon}
          services={services}
        />
      )}
    </div>
  );
}
