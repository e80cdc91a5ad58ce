/**
 * The URLs of index, graph, concepts and workspace. Not a cache and no state: each call is
 * one request, and every failure is an `ApiError` with a sentence.
 */
import type { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IApi } from '../tokens';
import { Requests } from './requests';
import type {
  ConceptId,
  ConceptList,
  ConceptPage,
  Glossary,
  IndexEvent,
  KnowledgeGraph,
  NewestLines,
  NodeId,
  NodeSource,
  PictureId,
  Position,
  Status
} from './types.gen';

/** The REST client. `document` is a path inside Jupyter's root; '' means the root. */
export class Api implements IApi {
  constructor(
    private readonly _trans: TranslationBundle,
    settings?: ServerConnection.ISettings
  ) {
    this._requests = new Requests(_trans, settings);
  }

  status(document: string): Promise<Status> {
    return this._requests.json<Status>('status', { query: { document } });
  }

  graph(document: string): Promise<KnowledgeGraph> {
    return this._requests.json<KnowledgeGraph>('graph', {
      query: { document }
    });
  }

  async savePositions(
    document: string,
    positions: ReadonlyMap<NodeId, Position>
  ): Promise<void> {
    await this._requests.send('positions', {
      method: 'PUT',
      query: { document },
      body: { positions: Object.fromEntries(positions) }
    });
  }

  concepts(document: string): Promise<ConceptList> {
    return this._requests.json<ConceptList>('concepts', {
      query: { document }
    });
  }

  concept(document: string, id: ConceptId): Promise<ConceptPage> {
    return this._requests.json<ConceptPage>(
      `concepts/${encodeURIComponent(id)}`,
      {
        query: { document }
      }
    );
  }

  source(document: string, id: NodeId): Promise<NodeSource> {
    return this._requests.json<NodeSource>('source', {
      query: { document, id }
    });
  }

  glossary(document: string): Promise<Glossary> {
    return this._requests.json<Glossary>('glossary', { query: { document } });
  }

  lines(document: string, known: string): Promise<NewestLines> {
    return this._requests.json<NewestLines>('lines', {
      query: { document, known }
    });
  }

  async *index(
    document: string,
    confirmed: boolean,
    signal: AbortSignal
  ): AsyncGenerator<IndexEvent, void, undefined> {
    yield* this._requests.events<IndexEvent>(
      'index',
      {
        method: 'POST',
        query: { document },
        body: { kind: 'tree', confirmed },
        signal
      },
      event => event.type !== 'progress',
      this._trans.__('What was indexed before is still there.')
    );
  }

  prepareWorkspace(folder: string, lessons: boolean): Promise<Status> {
    return this._requests.json<Status>('workspace', {
      method: 'POST',
      body: { folder, lessons }
    });
  }

  pictureUrl(id: PictureId): string {
    return this._requests.url(`pictures/${encodeURIComponent(id)}.js`);
  }

  modelFile(
    document: string,
    name: string,
    file: string,
    signal: AbortSignal,
    progress: (done: number, total: number) => void
  ): Promise<DataView> {
    return this._requests.bytes(
      `models/${encodeURIComponent(name)}/${encodeURIComponent(file)}`,
      { query: { document }, signal },
      progress
    );
  }

  private readonly _requests: Requests;
}
