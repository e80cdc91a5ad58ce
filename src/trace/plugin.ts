/** Puts the trace panel on the right side, names its commands, and brings it back after a reload. */
import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { IStateDB } from '@jupyterlab/statedb';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { TRACE_MIME } from '../api/types.gen';
import { CommandIds, ISession, ITraceApi, ITraced } from '../tokens';
import { traceIcon } from './icon';
import { keptOf } from './memory';
import { TraceOutputView } from './output';
import { TracePanel } from './panel';
import { traced } from './picture-inputs';
import { Room } from './room';

const ID = 'nanochat-learn-traces';
/** While steps are played, what is kept is written this often, in milliseconds. */
const WRITE = 300;
/** Before the static picture that stands beside it in an output. */
const RANK = 10;

const plugin: JupyterFrontEndPlugin<ITraced> = {
  id: 'nanochat-learn:traces',
  description: 'Replays what a model computed, step by step.',
  autoStart: true,
  provides: ITraced,
  requires: [ITraceApi, ISession],
  optional: [ILayoutRestorer, IStateDB, IRenderMimeRegistry, ITranslator],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  api: ITraceApi,
  session: ISession,
  restorer: ILayoutRestorer | null,
  state: IStateDB | null,
  rendermime: IRenderMimeRegistry | null,
  translator: ITranslator | null
): ITraced {
  const { commands, shell } = app;
  const trans = (translator ?? nullTranslator).load('nanochat_learn');
  const room = new Room(api, () => session.document.value);
  const panel = new TracePanel({ room, session, commands, trans });
  panel.id = ID;
  panel.title.icon = traceIcon;
  panel.title.caption = trans.__(
    'Traces: what the model computed, step by step'
  );
  shell.add(panel, 'right', { rank: 597, type: 'Learn nanochat' });
  restorer?.add(panel, ID);
  if (state !== null) {
    void remember(app, room, state);
  }

  rendermime?.addFactory(
    {
      safe: true,
      mimeTypes: [TRACE_MIME],
      createRenderer: () =>
        new TraceOutputView({
          room: new Room(api, () => session.document.value),
          session,
          commands,
          trans
        })
    },
    RANK
  );

  commands.addCommand(CommandIds.showTraces, {
    label: trans.__('Show the Traces'),
    caption: trans.__('What the model computed, step by step'),
    icon: traceIcon,
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => shell.activateById(ID)
  });
  commands.addCommand(CommandIds.openTrace, {
    label: trans.__('Open a Trace'),
    icon: traceIcon,
    describedBy: {
      args: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          step: {
            type: 'number',
            description: 'Place among the recorded steps, from 0 on'
          }
        }
      }
    },
    execute: args => {
      shell.activateById(ID);
      const { step } = args;
      return room.show(
        String(args.name),
        typeof step === 'number' ? { step } : {}
      );
    }
  });
  return traced(room, trans);
}

/** The open trace and what was chosen in it survive a reload. */
async function remember(
  app: JupyterFrontEnd,
  room: Room,
  state: IStateDB
): Promise<void> {
  await app.restored;
  const kept = keptOf(await state.fetch(ID).catch(() => undefined));
  if (kept !== null && room.open.kind === 'nothing') {
    await room.show(kept.name, kept.choice);
  }
  let timer = 0;
  let last = '';
  room.changed.connect(() => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const text = JSON.stringify(room.kept);
      if (text !== last) {
        last = text;
        void (room.kept === null
          ? state.remove(ID)
          : state.save(ID, JSON.parse(text)));
      }
    }, WRITE);
  });
}
