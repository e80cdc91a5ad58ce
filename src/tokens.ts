/**
 * The doors between features: interfaces and Tokens, nothing else.
 *
 * A feature never imports another feature. It asks JupyterLab for one of these
 * services, reads and writes the session (the selection bus), or runs a command
 * named in `CommandIds`.
 */
import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

import type {
  AskEvent,
  AskRequest,
  ConceptId,
  ConceptList,
  ConceptPage,
  Conversation,
  ConversationId,
  ConversationList,
  EmbedEvent,
  Evidence,
  Exported,
  Glossary,
  ImportReport,
  IndexEvent,
  KnowledgeGraph,
  LessonId,
  MessageId,
  ModelList,
  NewestLines,
  NodeId,
  NodeSource,
  PictureId,
  Position,
  Progress,
  ProgressFile,
  ResetReport,
  RetrievalState,
  SearchAnswer,
  SentPrompt,
  SignIn,
  Status,
  TraceDifference,
  TraceList,
  TracePage,
  TutorChoice,
  TutorState
} from './api/types.gen';

/** One value that others can watch. `set` is silent when the value is the same. */
export interface IField<T> {
  readonly value: T;
  readonly changed: ISignal<IField<T>, T>;
  set(value: T): void;
}

/** A set of nodes lit together, and why: shown in the panels and read to screen readers. */
export interface IHighlight {
  readonly ids: readonly NodeId[];
  readonly reason: string;
}

/**
 * What the learner points at, by pointer or keyboard focus. Whoever shows one of these
 * nodes lights it while it lasts: a ring on the map, a tint on the code line, an
 * underline in the note, a row of a picture.
 */
export interface IPointing {
  /** A tagged line points at its concepts; a picture at its concepts and itself. */
  readonly ids: readonly NodeId[];
  /** Who says so: nobody answers to itself. */
  readonly by:
    'graph' | 'code' | 'note' | 'picture' | 'gaps' | 'tutor' | 'path';
  /** Inside a picture: which token, row, column, head; counted from 0. */
  readonly focus?: Readonly<Record<string, number | string>>;
}

/** What is loaded, as one value: no `isLoading && !error` anywhere. */
export type Loaded<T> =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | {
      readonly kind: 'failed';
      readonly sentence: string;
      readonly hint: string;
    };

/** What the panels share. One field each; whoever connects also disconnects. */
export interface ISession {
  /** The document the learner looks at (path inside Jupyter's root), '' when none. */
  readonly document: IField<string>;
  readonly status: IField<Loaded<Status>>;
  readonly graph: IField<Loaded<KnowledgeGraph>>;
  /** The selected node: graph, tree and concept panel follow it. */
  readonly selection: IField<NodeId | null>;
  readonly highlight: IField<IHighlight>;
  /** null while the learner points at nothing. */
  readonly pointing: IField<IPointing | null>;
  /** null while no index run is under way. */
  readonly indexing: IField<IIndexRun | null>;
  /** Ask the server for status and graph of the active document's workspace again. */
  refresh(): Promise<void>;
  /**
   * Index the workspace; progress is in `indexing`, the new graph in `graph`.
   * Rejects with an `ApiError`: panels run the command `indexWorkspace`, which
   * shows it and asks before a very large folder (`confirmed`).
   */
  index(confirmed?: boolean): Promise<void>;
}

export interface IIndexRun {
  readonly done: number;
  readonly total: number;
  readonly filePath: string;
  stop(): void;
}

/** All URLs of the server, behind one door. Every failure is an `ApiError`. */
export interface IApi {
  status(document: string): Promise<Status>;
  graph(document: string): Promise<KnowledgeGraph>;
  savePositions(
    document: string,
    positions: ReadonlyMap<NodeId, Position>
  ): Promise<void>;
  concepts(document: string): Promise<ConceptList>;
  concept(document: string, id: ConceptId): Promise<ConceptPage>;
  source(document: string, id: NodeId): Promise<NodeSource>;
  glossary(document: string): Promise<Glossary>;
  /** Shapes on the line of the newest trace; without them where `known` is its mark. */
  lines(document: string, known: string): Promise<NewestLines>;
  /** Yields progress events and, last, `done` or `error`. */
  index(
    document: string,
    confirmed: boolean,
    signal: AbortSignal
  ): AsyncIterable<IndexEvent>;
  prepareWorkspace(folder: string, lessons: boolean): Promise<Status>;
  /** Where the browser imports a picture's module from. */
  pictureUrl(id: PictureId): string;
}

export const IApi = new Token<IApi>(
  'nanochat-learn:IApi',
  'The REST client of nanochat-learn.'
);

/** The URLs of search and tutor. Every failure is an `ApiError`. */
export interface ITutorApi {
  /**
   * Yields events and, last, `done` or `error`. Aborting the signal, or leaving the loop,
   * stops the work in the server too.
   */
  ask(
    document: string,
    question: AskRequest,
    signal: AbortSignal
  ): AsyncIterable<AskEvent>;
  /** What `ask` would send, word by word; nothing is sent. */
  preview(document: string, question: AskRequest): Promise<SentPrompt>;
  conversations(document: string): Promise<ConversationList>;
  conversation(document: string, id: ConversationId): Promise<Conversation>;
  rename(
    document: string,
    id: ConversationId,
    title: string
  ): Promise<Conversation>;
  remove(document: string, id: ConversationId): Promise<void>;
  exported(document: string, id: ConversationId): Promise<Exported>;
  /** What was sent for this answer. */
  sent(
    document: string,
    id: ConversationId,
    message: MessageId
  ): Promise<SentPrompt>;
  models(): Promise<ModelList>;
  tutorState(document: string): Promise<TutorState>;
  chooseTutor(document: string, choice: TutorChoice): Promise<TutorState>;
  saveKey(document: string, key: string): Promise<TutorState>;
  deleteKey(document: string): Promise<TutorState>;
  signIn(): Promise<SignIn>;
  retrieval(document: string): Promise<RetrievalState>;
  /** Yields progress and, last, `done` or `error`; `download` fetches the better model. */
  embed(
    document: string,
    download: boolean,
    signal: AbortSignal
  ): AsyncIterable<EmbedEvent>;
  search(
    document: string,
    question: string,
    limit: number
  ): Promise<SearchAnswer>;
}

export const ITutorApi = new Token<ITutorApi>(
  'nanochat-learn:ITutorApi',
  'The REST client of search and tutor.'
);

/** Raw numbers of one tensor of one step: little-endian, C order. */
export interface ITraceNumbers {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Worked out by the server from other numbers of the trace: a pattern from q and k. */
  readonly computed: boolean;
  readonly data: ArrayBuffer;
}

/** The URLs of traces. Every failure is an `ApiError`. */
export interface ITraceApi {
  traces(document: string): Promise<TraceList>;
  /** Steps from `first` (counted among recorded steps) on, as many as the server gives. */
  page(document: string, name: string, first: number): Promise<TracePage>;
  numbers(
    document: string,
    name: string,
    step: number,
    tensor: string
  ): Promise<ITraceNumbers>;
  difference(
    document: string,
    one: string,
    other: string
  ): Promise<TraceDifference>;
  removeTrace(document: string, name: string): Promise<void>;
}

export const ITraceApi = new Token<ITraceApi>(
  'nanochat-learn:ITraceApi',
  'The REST client of traces.'
);

/** What the open trace can give to pictures. */
export interface ITraced {
  /** Another trace, step or layer is in view. */
  readonly changed: ISignal<unknown, void>;
  /**
   * Inputs of a picture by name, in the form that pictures know, and in words where they
   * come from. null: nothing is open, or it does not hold what the picture needs.
   */
  inputs(picture: PictureId): Promise<{
    readonly values: Readonly<Record<string, unknown>>;
    readonly from: string;
  } | null>;
}

export const ITraced = new Token<ITraced>(
  'nanochat-learn:ITraced',
  'Numbers of the open trace, for pictures.'
);

/** The URLs of what the learner did and understood. Every failure is an `ApiError`. */
export interface ILearnerApi {
  progress(document: string): Promise<Progress>;
  /** The same evidence twice counts once. */
  giveEvidence(document: string, evidence: readonly Evidence[]): Promise<void>;
  exportProgress(document: string): Promise<ProgressFile>;
  /** `content` is a file as it is: the server says what is wrong with it. */
  importProgress(document: string, content: string): Promise<ImportReport>;
  resetLesson(document: string, lesson: LessonId): Promise<ResetReport>;
}

export const ILearnerApi = new Token<ILearnerApi>(
  'nanochat-learn:ILearnerApi',
  'The REST client of evidence and progress.'
);

/** What the learner does, as evidence without its id and time. */
export type Deed = Pick<Evidence, 'lesson' | 'item' | 'kind'> &
  Partial<Pick<Evidence, 'outcome' | 'answer'>>;

/**
 * What the learner did, and the path that follows from it. Answers are kept in the browser
 * until the server has them: nothing is lost while it is away.
 */
export interface ILearned {
  /** The path of the active document's workspace; asked for by `look`. */
  readonly progress: IField<Loaded<Progress>>;
  /** Evidence that the server has not confirmed, and why not; null: it has all. */
  readonly unsent: IField<IUnsent | null>;
  /** Ask for the path again; quiet while nobody has asked before, unless `first`. */
  look(first?: boolean): Promise<void>;
  /** All that was done in the workspace of this document, oldest first; asked for once. */
  evidence(document: string): IField<readonly Evidence[]>;
  /** Ask again for all evidence that was asked for. Never rejects. */
  recall(): Promise<void>;
  /** Keep it, send it. Never rejects: what failed stands in `unsent`. */
  give(document: string, deed: Deed): Promise<void>;
  /** Send again what the server has not confirmed. */
  send(): Promise<void>;
}

export interface IUnsent {
  readonly ids: ReadonlySet<string>;
  readonly sentence: string;
  readonly hint: string;
}

export const ILearned = new Token<ILearned>(
  'nanochat-learn:ILearned',
  'What the learner did and understood.'
);

export const ISession = new Token<ISession>(
  'nanochat-learn:ISession',
  'What the panels of nanochat-learn share: workspace, graph, selection, highlight.'
);

/** Every command of the extension. Arguments are given after each name. */
export const CommandIds = {
  /** {} */
  showGraph: 'nanochat-learn:show-graph',
  /** {} */
  showGaps: 'nanochat-learn:show-gaps',
  /** {} */
  showTraces: 'nanochat-learn:show-traces',
  /** {} */
  showPath: 'nanochat-learn:show-path',
  /** {} — the next step of the path: its notebook, at the item's cell. */
  goOn: 'nanochat-learn:go-on',
  /** { filePath: workspace path, item?: string } — a lesson, at the cell of that item. */
  openLesson: 'nanochat-learn:open-lesson',
  /** { lesson: LessonId } — begin it anew, after a dialog that says what happens. */
  resetLesson: 'nanochat-learn:reset-lesson',
  /** {} — all evidence as one JSON file, a download. */
  exportProgress: 'nanochat-learn:export-progress',
  /** {} — a file that was exported; what is known already counts once. */
  importProgress: 'nanochat-learn:import-progress',
  /** {} — colour the concepts of the graph by what was understood, or by region again. */
  showMastery: 'nanochat-learn:show-mastery',
  /** { name: TraceName, step?: number } — replay a trace, from a recorded step on. */
  openTrace: 'nanochat-learn:open-trace',
  /** { id: NodeId } — select in the graph, with its neighbourhood in view. */
  focusInGraph: 'nanochat-learn:focus-in-graph',
  /** { from?: NodeId (the selected one), to?: NodeId (asked for) } */
  pathInGraph: 'nanochat-learn:path-in-graph',
  /** { format: 'png' | 'svg' } — what of the map is in view, as a download. */
  saveGraph: 'nanochat-learn:save-graph',
  /** {} — all places anew, except what is pinned. */
  tidyGraph: 'nanochat-learn:tidy-graph',
  /** { as?: 'regions' | 'free' } — without it, the other of the two. */
  arrangeGraph: 'nanochat-learn:arrange-graph',
  /** { id: NodeId } — code opens in the editor, a concept in the concept panel. */
  openNode: 'nanochat-learn:open-node',
  /** { id: ConceptId } */
  openConcept: 'nanochat-learn:open-concept',
  /** {} */
  conceptBack: 'nanochat-learn:concept-back',
  /** {} */
  conceptForward: 'nanochat-learn:concept-forward',
  /** { filePath: workspace path, line: 1-based, endLine?: number, cell?: string } */
  openCode: 'nanochat-learn:open-code',
  /** {} — the tag at the cursor of the active editor. */
  openTag: 'nanochat-learn:open-tag',
  /** {} — a tooltip at the cursor. */
  explainTag: 'nanochat-learn:explain-tag',
  /** {} */
  nextTag: 'nanochat-learn:next-tag',
  /** {} */
  previousTag: 'nanochat-learn:previous-tag',
  /** {} — switches the setting. */
  foldTags: 'nanochat-learn:fold-tags',
  /** {} — the shapes on the line of the cursor, with ranges, in a tooltip. */
  explainShapes: 'nanochat-learn:explain-shapes',
  /** {} — until the next run that records lines. */
  clearShapes: 'nanochat-learn:clear-shapes',
  /** {} — switches the setting. */
  showShapes: 'nanochat-learn:show-shapes',
  /** {} */
  showTutor: 'nanochat-learn:show-tutor',
  /**
   * { about?: NodeId, selection?: string, cell?: string, error?: string,
   * question?: string } — the tutor panel with this as context; a question is
   * written into the box, not sent.
   */
  askAbout: 'nanochat-learn:ask-about',
  /**
   * {} — ask about the code at the cursor: the selected lines, else the tag on the line,
   * else the line.
   */
  askHere: 'nanochat-learn:ask-here',
  /** {} — ask about the active cell, and its error if it has one. */
  askCell: 'nanochat-learn:ask-cell',
  /** {} — ask about the node that is selected in the graph. */
  askSelected: 'nanochat-learn:ask-selected',
  /** {} — the dialog for a key or sign-in. */
  tutorKey: 'nanochat-learn:tutor-key',
  /** {} — the dialog that chooses model and base URL. */
  tutorModel: 'nanochat-learn:tutor-model',
  /**
   * { conversation: ConversationId, message: MessageId } — what was sent for that
   * answer; or { request: AskRequest } — what would be sent now.
   */
  tutorSent: 'nanochat-learn:tutor-sent',
  /** {} */
  indexWorkspace: 'nanochat-learn:index-workspace',
  /** { folder?: string, lessons: boolean } */
  prepareWorkspace: 'nanochat-learn:prepare-workspace',
  /** {} — the launcher card: graph and, if empty, the first lesson. */
  start: 'nanochat-learn:start'
} as const;
