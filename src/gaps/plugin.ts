/** Puts the gap panel on the right side, so that the map and the code stay in view beside it, and names its command. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CommandIds, ISession } from '../tokens';
import { gapsIcon } from './icon';
import { GapsPanel } from './panel';

const ID = 'nanochat-learn-gaps';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'nanochat-learn:gaps',
  description:
    'What is wrong between code and notes, and what is still missing.',
  autoStart: true,
  requires: [ISession],
  optional: [ILayoutRestorer, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  session: ISession,
  restorer: ILayoutRestorer | null,
  translator: ITranslator | null
): void {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const panel = new GapsPanel({ session, commands, trans });
  panel.id = ID;
  panel.title.icon = gapsIcon;
  panel.title.caption = trans.__('Gaps: what nobody has explained yet');
  shell.add(panel, 'right', { rank: 595, type: 'Learn nanochat' });
  restorer?.add(panel, ID);

  commands.addCommand(CommandIds.showGaps, {
    label: trans.__('Show the Gaps'),
    caption: trans.__(
      'What is wrong between code and notes, and what is still missing'
    ),
    icon: gapsIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => shell.activateById(ID)
  });
}
