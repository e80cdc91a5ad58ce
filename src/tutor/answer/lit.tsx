/** The nodes that an answer stands on: a list to open them, and a way to light them again. */
import * as React from 'react';

import type { Message, NodeId } from '../../api/types.gen';
import { nodeOf } from '../../state/graph';
import { CommandIds } from '../../tokens';
import type { IRoom } from '../shown';
import { placeName, SIGNS } from './kinds';

/** More are a wall: the map shows them all. */
const MOST = 8;

export function Lit({
  message,
  room
}: {
  message: Message;
  room: IRoom;
}): JSX.Element | null {
  const { session, commands, trans, open } = room;
  const ids = message.focused;
  if (ids.length === 0) {
    return null;
  }
  const point = (id: NodeId | null): void => {
    if (id !== null) {
      session.pointing.set({ ids: [id], by: 'tutor' });
    } else if (session.pointing.value?.by === 'tutor') {
      session.pointing.set(null);
    }
  };
  return (
    <div className="jp-NanochatLearn-standsOn">
      <p className="jp-NanochatLearn-quiet">
        {trans.__('This answer stands on:')}{' '}
        <button
          type="button"
          className="jp-NanochatLearn-link"
          onClick={() => {
            light(room, ids);
            void commands.execute(CommandIds.showGraph);
          }}
        >
          {trans.__('Show on the map')}
        </button>
      </p>
      <ul>
        {ids.slice(0, MOST).map(id => {
          const known = about(id, message, room);
          return (
            <li key={id}>
              <button
                type="button"
                className="jp-NanochatLearn-cite"
                title={known.title}
                onClick={() => open(id)}
                onPointerEnter={() => point(id)}
                onPointerLeave={() => point(null)}
                onFocus={() => point(id)}
                onBlur={() => point(null)}
              >
                <span aria-hidden="true">{known.sign}</span>
                {known.label}
              </button>
            </li>
          );
        })}
        {ids.length > MOST && (
          <li className="jp-NanochatLearn-quiet">
            {trans.__('and %1 more on the map', ids.length - MOST)}
          </li>
        )}
      </ul>
    </div>
  );
}

/** Light the nodes of an answer in the graph; the graph says why. */
export function light(
  { session, trans }: Pick<IRoom, 'session' | 'trans'>,
  ids: readonly NodeId[],
  reason = trans.__('The tutor’s answer stands on these')
): void {
  session.highlight.set({ ids, reason });
}

function about(
  id: NodeId,
  { citations }: Message,
  { session, labelOf, trans }: IRoom
): { label: string; title: string; sign: string } {
  const citation = citations.find(known => known.id === id);
  if (citation !== undefined) {
    return {
      label: citation.label,
      title: placeName(citation, trans),
      sign: SIGNS[citation.type]
    };
  }
  const graph = session.graph.value;
  const node = graph.kind === 'ready' ? nodeOf(graph.value, id) : null;
  if (node === null) {
    return { label: labelOf(id), title: id, sign: '' };
  }
  return {
    label: node.label,
    title: placeName(
      {
        type: node.type,
        file_path: 'file_path' in node ? node.file_path : null,
        line: 'line' in node ? node.line : null
      },
      trans
    ),
    sign: SIGNS[node.type]
  };
}
