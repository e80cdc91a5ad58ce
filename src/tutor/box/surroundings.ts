/**
 * What the learner looks at, and which of it they agree to send. Read when it is asked for;
 * `changed` tells that the answer may be another one. It sends nothing.
 */
import type { ISelectionWatcher } from '@jupyter/chat';
import { type INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { type ISignal, Signal } from '@lumino/signaling';

import type {
  ExercisePlace,
  LearnerContext,
  LessonId
} from '../../api/types.gen';
import { errorOf } from '../../parts/cell-error';
import type { IField, ISession, ITraceApi } from '../../tokens';
import type { Consent, IAbout, Kind } from './kinds';

export type Found = Readonly<Record<Kind, string>>;

/** The server takes no more of one thing. */
const LONGEST = 20_000;
type Model = NonNullable<INotebookTracker['activeCell']>['model'];

/** As the server takes the name of an exercise. */
const ITEM = /^[a-z][a-z0-9_]{0,59}$/;

export class Surroundings {
  constructor(
    private readonly _session: ISession,
    private readonly _notebooks: INotebookTracker | null,
    private readonly _selections: ISelectionWatcher | null,
    readonly consent: IField<Consent>,
    readonly about: IField<IAbout | null>,
    private readonly _traces: ITraceApi
  ) {
    _session.document.changed.connect(this._look, this);
    _selections?.selectionChanged.connect(this._look, this);
    _notebooks?.activeCellChanged.connect(this._look, this);
    consent.changed.connect(this._look, this);
    about.changed.connect(this._look, this);
    NotebookActions.executed.connect(this._look, this);
    // a cell may have recorded a trace
    NotebookActions.executed.connect(this._lookForTraces, this);
    _session.document.changed.connect(this._lookForTraces, this);
    void this._lookForTraces();
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  dispose(): void {
    Signal.clearData(this);
  }

  /** What there is, sent or not; '' where there is none. */
  found(): Found {
    return {
      document: this._document(),
      selection: cut(this._selections?.selection?.text ?? ''),
      cell: cut(this._cell()),
      error: cut(this._error()),
      trace: this._trace,
      progress: this._inWorkspace ? 'progress' : ''
    };
  }

  /** What goes with the next question; null when that is nothing. */
  context(): LearnerContext | null {
    const found = this.found();
    const consent = this.consent.value;
    const about = this.about.value;
    const of = (kind: Kind): string => (consent[kind] ? found[kind] : '');
    const document = of('document');
    const lesson = document === '' ? null : this._lesson(document);
    const context = {
      document: document === '' ? null : document,
      lesson,
      about: about?.about ?? null,
      selection: cut(about?.selection || of('selection')),
      cell: cut(about?.cell || of('cell')),
      error: cut(about?.error || of('error')),
      trace: of('trace') !== '',
      exercise: lesson === null ? null : this._exercise(lesson),
      progress: of('progress') !== ''
    };
    return Object.values(context).some(
      value => value !== null && value !== '' && value !== false
    )
      ? context
      : null;
  }

  /** The open document, inside the workspace; '' for one outside of it. */
  private _document(): string {
    const status = this._session.status.value;
    const path = this._session.document.value;
    const workspace = status.kind === 'ready' ? status.value.workspace : null;
    if (workspace === null || path === '') {
      return '';
    }
    const { prefix } = workspace;
    if (prefix === '') {
      return path;
    }
    return path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : '';
  }

  private _lesson(document: string): LessonId | null {
    const graph = this._session.graph.value;
    const lesson =
      graph.kind === 'ready'
        ? graph.value.elements.nodes.find(
            ({ data }) => data.type === 'lesson' && data.file_path === document
          )
        : undefined;
    return lesson === undefined
      ? null
      : (lesson.data.id.replace(/^lesson:/, '') as LessonId);
  }

  private _cell(): string {
    return this._activeCell?.sharedModel.getSource() ?? '';
  }

  /** The exercise that the active cell is: its metadata names it. */
  private _exercise(lesson: LessonId): ExercisePlace | null {
    const item: unknown = this._activeCell?.getMetadata('exercise');
    return typeof item === 'string' && ITEM.test(item)
      ? { lesson, item }
      : null;
  }

  private get _activeCell(): Model | null {
    const panel = this._notebooks?.currentWidget ?? null;
    return panel === null || !panel.isVisible
      ? null
      : (panel.content.activeCell?.model ?? null);
  }

  private get _inWorkspace(): boolean {
    const status = this._session.status.value;
    return status.kind === 'ready' && status.value.workspace !== null;
  }

  /** Of the active cell, else of the cell that ran last of those that failed. */
  private _error(): string {
    const panel = this._notebooks?.currentWidget ?? null;
    if (panel === null || !panel.isVisible) {
      return '';
    }
    const active = panel.content.activeCell?.model ?? null;
    const failed = [...(panel.content.model?.cells ?? [])]
      .map(cell => ({ cell, text: errorOf(cell.toJSON()) }))
      .filter(({ text }) => text !== '')
      .sort((a, b) => counted(b.cell) - counted(a.cell));
    const own = failed.find(({ cell }) => cell === active);
    return (own ?? failed[0])?.text ?? '';
  }

  private async _lookForTraces(): Promise<void> {
    let newest = '';
    try {
      const { traces } = await this._traces.traces(
        this._session.document.value
      );
      newest = traces[0]?.name ?? '';
    } catch {
      // No workspace, or the server is away: there is nothing to send along.
    }
    if (newest !== this._trace) {
      this._trace = newest;
      this._look();
    }
  }

  private _look(): void {
    this._changed.emit();
  }

  private _trace = '';
  private readonly _changed = new Signal<this, void>(this);
}

function counted(cell: object): number {
  return 'executionCount' in cell && typeof cell.executionCount === 'number'
    ? cell.executionCount
    : 0;
}

/** The end of an error says most, and the server counts characters. */
function cut(text: string): string {
  return text.length > LONGEST ? text.slice(-LONGEST) : text;
}
