/** What map and list are handed: the session as they see it, and what they can ask for. */
import * as React from 'react';

import type { NodeId } from '../api/types.gen';
import { useField } from '../parts/use-field';
import { CommandIds } from '../tokens';
import type { IInView } from './model/filter';
import type { IGraphModel } from './model/model';
import { inWorkspace } from './model/words';
import type { IServices, IShown } from './services';
import { useMastery } from './use-mastery';

export function useShown(
  services: IServices,
  model: IGraphModel,
  view: IInView,
  tell: (edges: readonly number[]) => void,
  /** Takes a chosen node as the end of a path, if one is wanted. */
  take: (id: NodeId) => boolean
): IShown {
  const { session, commands, pins, trans } = services;
  const mastery = useMastery(services);
  const selection = useField(session.selection);
  const pointing = useField(session.pointing);
  const pinned = React.useSyncExternalStore(
    React.useCallback(
      (heard: () => void) => {
        pins.changed.connect(heard);
        return () => {
          pins.changed.disconnect(heard);
        };
      },
      [pins]
    ),
    () => pins.places
  );
  const open = (id: NodeId): void =>
    void commands.execute(CommandIds.openNode, { id });
  return {
    model,
    view,
    selection,
    pointed: React.useMemo(() => new Set(pointing?.ids ?? []), [pointing]),
    mastery,
    pinned: React.useMemo(() => new Set(pinned.keys()), [pinned]),
    select: id => {
      if (id === null || !take(id)) {
        session.selection.set(id);
      }
    },
    open,
    ask: id => void commands.execute(CommandIds.askAbout, { about: id }),
    openReason: edge => {
      const { source, target, kind, data } = model.edges[edge];
      if (inWorkspace(model, edge)) {
        const cell = typeof data.cell === 'string' ? { cell: data.cell } : {};
        void commands.execute(CommandIds.openCode, {
          filePath: data.file_path,
          line: data.line,
          ...cell
        });
      } else {
        // Said in a note of the course: what needs something says so itself.
        open(model.nodes[kind === 'prerequisite' ? target : source].id);
      }
    },
    point: id => {
      if (id !== null) {
        session.pointing.set({ ids: [id], by: 'graph' });
      } else if (session.pointing.value?.by === 'graph') {
        session.pointing.set(null);
      }
    },
    tell,
    trans
  };
}
