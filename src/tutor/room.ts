/**
 * The room behind the panel: the conversation, what the list of `@jupyter/chat` is given,
 * what is remembered. Wiring; what it looks like is in `room-view.tsx`.
 */
import {
  ActiveCellManager,
  type ChatReactContext,
  MessageFooterRegistry,
  MessagePreambleRegistry,
  SelectionWatcher
} from '@jupyter/chat';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IThemeManager } from '@jupyterlab/apputils';
import type { INotebookTracker } from '@jupyterlab/notebook';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type * as React from 'react';

import type { NodeId } from '../api/types.gen';
import { Kernels } from '../markdown/kernels';
import { Field } from '../state/field';
import { nodeOf } from '../state/graph';
import { CommandIds } from '../tokens';
import { footOf } from './answer/foot';
import { labelOf } from './answer/label';
import { light } from './answer/lit';
import { Bodies } from './answer/registry';
import type { Consent, IAbout } from './box/kinds';
import { Surroundings } from './box/surroundings';
import { TutorModel } from './chat-model';
import type { Memory } from './memory';
import type { IServices } from './services';
import type { IRoom } from './shown';
import { Talk } from './talk/talk';

export interface IRoomOptions extends IServices {
  readonly app: JupyterFrontEnd;
  readonly rendermime: IRenderMimeRegistry;
  readonly notebooks: INotebookTracker | null;
  readonly themes: IThemeManager | null;
  readonly memory: Memory;
  readonly consent: Field<Consent>;
  readonly about: Field<IAbout | null>;
}

/** One for the page: what it holds lives as long as the page does. */
export class Room {
  constructor(options: IRoomOptions) {
    const { api, app, commands, session, trans, notebooks, memory } = options;
    const open = (id: NodeId): void =>
      void commands.execute(CommandIds.openNode, { id });
    const talk = new Talk(api, () => session.document.value);
    const cells =
      notebooks === null
        ? null
        : new ActiveCellManager({ tracker: notebooks, shell: app.shell });
    const selections = new SelectionWatcher({ shell: app.shell });
    const surroundings = new Surroundings(
      session,
      notebooks,
      selections,
      options.consent,
      options.about,
      options.traces
    );
    const editing = new Field<string | null>(null);
    const model = new TutorModel(talk, trans, cells, selections, question =>
      this._ask(question)
    );
    const kernels = new Kernels(app.serviceManager, notebooks, session, trans, {
      file: 'nanochat-learn-tutor',
      title: trans.__('Tutor panel'),
      name: trans.__('the tutor panel')
    });
    this.shown = {
      api,
      traces: options.traces,
      session,
      circumstances: options.circumstances,
      commands,
      trans,
      talk,
      model,
      surroundings,
      editing,
      focusDue: new Field(false),
      open,
      labelOf: id => {
        const graph = session.graph.value;
        const node = graph.kind === 'ready' ? nodeOf(graph.value, id) : null;
        return node?.label ?? id;
      }
    };
    const bodies = new Bodies(
      {
        talk,
        session,
        trans,
        open,
        cells,
        run: {
          rendermime: options.rendermime,
          trans,
          choose: () => kernels.choose()
        }
      },
      options.rendermime
    );
    const messageFooterRegistry = new MessageFooterRegistry();
    messageFooterRegistry.addSection({
      component: footOf(this.shown),
      position: 'left'
    });
    const messagePreambleRegistry = new MessagePreambleRegistry();
    messagePreambleRegistry.addComponent(labelOf(this.shown));
    this.chat = {
      model,
      rmRegistry: bodies.rendermime,
      messageFooterRegistry,
      messagePreambleRegistry,
      area: 'sidebar'
    };
    this.themes = options.themes;
    this._memory = memory;
    this._remember();
    talk.heard.connect((_, event) => {
      if (event.type === 'focus') {
        light(this.shown, event.ids, event.reason);
      } else if (event.type === 'status') {
        memory.keepUnsent(''); // The server has it now.
      } else if (event.type === 'done') {
        void options.circumstances.refresh();
      }
    });
  }

  readonly shown: IRoom;
  readonly chat: React.ContextType<typeof ChatReactContext>;
  readonly themes: IThemeManager | null;

  /** Show the conversation that was in view in this workspace. */
  enter(prefix: string): void {
    if (this._prefix === prefix) {
      return;
    }
    this._prefix = prefix;
    const { talk } = this.shown;
    const id = this._memory.conversation(prefix);
    if (id === null) {
      talk.fresh();
    } else {
      void talk.open(id);
    }
  }

  private _ask(question: string): void {
    const { editing, model, surroundings, talk } = this.shown;
    if (talk.busy.value || question.trim() === '') {
      return;
    }
    const edited = editing.value;
    editing.set(null);
    model.input.value = '';
    model.input.focus(); // A sample that was pressed is gone now.
    this._memory.keepUnsent(question);
    if (edited !== null) {
      void talk.again(edited, question);
    } else {
      void talk.ask(question, surroundings.context());
      surroundings.about.set(null);
    }
  }

  private _remember(): void {
    const { model, talk } = this.shown;
    model.input.value = this._memory.draft;
    model.input.valueChanged.connect((_, text) => this._memory.keepDraft(text));
    talk.conversation.changed.connect((_, id) => {
      if (this._prefix !== null && talk.reading.value.kind !== 'loading') {
        this._memory.keepConversation(this._prefix, id);
      }
    });
  }

  private _prefix: string | null = null;
  private readonly _memory: Memory;
}
