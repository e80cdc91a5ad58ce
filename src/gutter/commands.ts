/** The commands of the gutter: open, explain, next, previous, fold. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { EditorView } from '@codemirror/view';

import { askIcon } from '../parts/ask-icon';
import type { OpenDocuments } from '../state/documents';
import { loadedGraph } from '../state/graph';
import { tellInfo } from '../state/telling';
import { CommandIds, type IField, type ISession } from '../tokens';
import { askedAt, inWorkspace, nodeAround } from './asking';
import { tagOnLine } from './candidates';
import { tagsCovering } from './coverage';
import { shownOn } from './folding';
import type { TagOpener } from './opening';
import type { Tag } from './tags';
import { showAt } from './tooltip';
import { type Direction, type IReached, TagWalk } from './walking';

export interface ICommandParts {
  readonly documents: OpenDocuments;
  readonly session: ISession;
  readonly opener: TagOpener;
  readonly folding: IField<boolean>;
  readonly fold: (on: boolean) => void;
  readonly trans: TranslationBundle;
}

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

export function addCommands(
  { commands, shell }: JupyterFrontEnd,
  parts: ICommandParts
): void {
  const { documents, opener, folding, fold, trans } = parts;
  const walk = new TagWalk(documents);

  commands.addCommand(CommandIds.openTag, {
    label: trans.__('Open the Tag on This Line'),
    caption: trans.__('What the tag at the cursor names: a concept, a picture'),
    describedBy: NO_ARGUMENTS,
    execute: () => {
      const view = documents.view(shell.currentWidget);
      const tags = view === null ? [] : tagsAtCursor(view);
      if (view === null || tags.length === 0) {
        tellInfo(
          trans.__(
            'There is no tag on this line. Tags look like “# @learn:attention.rope”.'
          )
        );
      } else {
        opener.choose(tags, cursorOf(view));
      }
    }
  });

  commands.addCommand(CommandIds.explainTag, {
    label: trans.__('Explain the Tag on This Line'),
    caption: trans.__('What the code at the cursor is about, in one sentence'),
    describedBy: NO_ARGUMENTS,
    execute: async () => {
      const view = documents.view(shell.currentWidget);
      const tags = view === null ? [] : tagsAtCursor(view);
      if (view === null || tags.length === 0) {
        tellInfo(trans.__('No tag speaks about this line.'));
        return;
      }
      view.focus();
      await showAt(view, view.state.selection.main.head, tags, opener);
    }
  });

  commands.addCommand(CommandIds.askHere, {
    label: trans.__('Ask about This Code'),
    caption: trans.__(
      'Ask the tutor about the selected lines, or about the tag or the line at the cursor'
    ),
    icon: askIcon,
    describedBy: NO_ARGUMENTS,
    isEnabled: () => documents.view(shell.currentWidget) !== null,
    execute: async () => {
      const view = documents.view(shell.currentWidget);
      const asked = view === null ? null : await askedIn(view, parts);
      if (asked === null) {
        tellInfo(
          trans.__(
            'This line is empty. Put the cursor on a line of code, or select some lines.'
          )
        );
      } else {
        await commands.execute(CommandIds.askAbout, asked);
      }
    }
  });

  const steps: [string, Direction, string, string][] = [
    [
      CommandIds.nextTag,
      1,
      trans.__('Go to the Next Tag'),
      trans.__('Put the cursor on the next tag of this file or notebook')
    ],
    [
      CommandIds.previousTag,
      -1,
      trans.__('Go to the Previous Tag'),
      trans.__('Put the cursor on the tag before, in this file or notebook')
    ]
  ];
  for (const [command, direction, label, caption] of steps) {
    commands.addCommand(command, {
      label,
      caption,
      describedBy: NO_ARGUMENTS,
      execute: async () => {
        const reached = await walk.step(shell.currentWidget, direction);
        if (reached === null) {
          tellInfo(trans.__('This document has no tags.'));
        } else {
          await announce(reached, opener, trans);
        }
      }
    });
  }

  commands.addCommand(CommandIds.foldTags, {
    label: trans.__('Fold Tag Lines'),
    caption: trans.__(
      'Show code without its tag lines; their marks stay beside it'
    ),
    describedBy: NO_ARGUMENTS,
    isToggleable: true,
    isToggled: () => folding.value,
    execute: () => fold(!folding.value)
  });
  folding.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.foldTags)
  );
}

async function askedIn(
  view: EditorView,
  { documents, session }: ICommandParts
): Promise<ReadonlyPartialJSONObject | null> {
  const source = documents.source(view);
  // Without a map the lines themselves are enough to ask about.
  const graph = await loadedGraph(session);
  const status = session.status.value;
  const prefix =
    status.kind === 'ready' ? (status.value.workspace?.prefix ?? '') : '';
  const filePath = source === null ? null : inWorkspace(source.path, prefix);
  const asked = askedAt(view, tagsOnLine(view), line =>
    graph === null || filePath === null || source === null
      ? null
      : nodeAround(graph, { filePath, cell: source.cell }, line)
  );
  return asked === null ? null : { ...asked };
}

/** The tags that the row of the cursor shows. */
function tagsOnLine(view: EditorView): Tag[] {
  const { head } = view.state.selection.main;
  tagOnLine(view.state, head); // waits for the parser
  const line = view.state.doc.lineAt(head);
  return shownOn(view.state, line.from, line.to).map(({ tag }) => tag);
}

/** Those, or else the tags of the statement that the cursor is in. */
function tagsAtCursor(view: EditorView): Tag[] {
  const tags = tagsOnLine(view);
  return tags.length > 0
    ? tags
    : tagsCovering(view.state, view.state.selection.main.head).map(
        ({ tag }) => tag
      );
}

function cursorOf(view: EditorView): { clientX: number; clientY: number } {
  const place = view.coordsAtPos(view.state.selection.main.head);
  return { clientX: place?.left ?? 0, clientY: place?.bottom ?? 0 };
}

/** Which tag was reached, for screen readers. */
async function announce(
  { view, tag, number, count }: IReached,
  opener: TagOpener,
  trans: TranslationBundle
): Promise<void> {
  const [found] = await opener.explain([tag]);
  view.dispatch({
    effects: EditorView.announce.of(
      trans.__('%1, tag %2 of %3', found?.title ?? '', number, count)
    )
  });
}
