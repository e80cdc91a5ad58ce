/** The commands of shapes on the line: tell, clear, switch. */
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { OpenDocuments } from '../state/documents';
import { tellInfo } from '../state/telling';
import { CommandIds, type IField } from '../tokens';
import type { NewestTrace } from './newest';
import type { ShapeTooltips } from './tooltip';

const NO_ARGUMENTS = { args: { type: 'object', properties: {} } } as const;

interface ICommandParts {
  readonly documents: OpenDocuments;
  readonly newest: NewestTrace;
  readonly tooltips: ShapeTooltips;
  readonly on: IField<boolean>;
  readonly switchTo: (on: boolean) => void;
  readonly trans: TranslationBundle;
}

export function addCommands(
  { commands, shell }: JupyterFrontEnd,
  { documents, newest, tooltips, on, switchTo, trans }: ICommandParts
): void {
  commands.addCommand(CommandIds.explainShapes, {
    label: trans.__('Explain the Shapes on This Line'),
    caption: trans.__(
      'Shape, format and range of what the line at the cursor made in the newest recorded run'
    ),
    describedBy: NO_ARGUMENTS,
    execute: () => {
      const view = documents.view(shell.currentWidget);
      view?.focus();
      const place = view?.state.selection.main.head ?? 0;
      if (view === null || !tooltips.show(view, place, true)) {
        tellInfo(
          trans.__(
            'Nothing was recorded on this line. Run it inside “with TraceContext(model, lines=True):”.'
          )
        );
      }
    }
  });
  commands.addCommand(CommandIds.clearShapes, {
    label: trans.__('Clear the Shapes on the Lines'),
    caption: trans.__(
      'Takes away the shapes at line ends until the next recorded run'
    ),
    describedBy: NO_ARGUMENTS,
    execute: () => {
      if (!newest.clear()) {
        tellInfo(trans.__('No shapes are shown.'));
      }
    }
  });
  commands.addCommand(CommandIds.showShapes, {
    label: trans.__('Show Shapes at Line Ends'),
    caption: trans.__(
      'What each line made in the newest recorded run, in files and notebook cells'
    ),
    describedBy: NO_ARGUMENTS,
    isToggleable: true,
    isToggled: () => on.value,
    execute: () => switchTo(!on.value)
  });
  on.changed.connect(() =>
    commands.notifyCommandChanged(CommandIds.showShapes)
  );
}
