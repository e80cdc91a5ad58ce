/** Opening a node: which door fits its kind. The doors themselves are elsewhere. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import type { ConceptId, NodeId } from '../api/types.gen';
import { conceptOfPicture, loadedGraph, nodeOf } from '../state/graph';
import { tellInfo } from '../state/telling';
import { CommandIds, type IApi, type ISession } from '../tokens';
import type { CodeOpener } from './opening';
import { kindOf, nameOf, placeOf } from './places';

/** Opens whatever a node id names. */
export class NodeOpener {
  constructor(
    private readonly _commands: CommandRegistry,
    private readonly _api: IApi,
    private readonly _session: ISession,
    private readonly _code: CodeOpener,
    private readonly _trans: TranslationBundle
  ) {}

  /** Throws `ApiError` where something that should open does not. */
  async open(id: NodeId): Promise<void> {
    const kind = kindOf(id);
    switch (kind) {
      case 'concept':
        return this._openConcept(nameOf(id) as ConceptId);
      case 'viz':
        return this._openPicture(id);
      case 'lesson':
        return this._openLesson(id);
      case 'external':
        tellInfo(
          this._trans.__(
            '%1 comes from a library. Its code is not part of this workspace.',
            nameOf(id)
          )
        );
        return;
      case 'code':
        return this._openCode(id);
      default:
        kind satisfies never;
    }
  }

  private async _openConcept(id: ConceptId): Promise<void> {
    await this._commands.execute(CommandIds.openConcept, { id });
  }

  private async _openPicture(id: NodeId): Promise<void> {
    const graph = await loadedGraph(this._session);
    const concept = graph === null ? null : conceptOfPicture(graph, id);
    if (concept !== null) {
      return this._openConcept(concept);
    }
    tellInfo(
      this._trans.__('No concept shows the picture “%1” yet.', nameOf(id))
    );
  }

  private async _openLesson(id: NodeId): Promise<void> {
    const graph = await loadedGraph(this._session);
    const node = graph === null ? null : nodeOf(graph, id);
    await this._code.openFile(
      node?.type === 'lesson' ? node.file_path : `lessons/${nameOf(id)}.ipynb`
    );
  }

  private async _openCode(id: NodeId): Promise<void> {
    const graph = this._session.graph.value;
    const node = graph.kind === 'ready' ? nodeOf(graph.value, id) : null;
    const known = node === null ? null : placeOf(node);
    if (node !== null && (known === null || known.filePath === '')) {
      tellInfo(
        this._trans.__(
          '“%1” was added by hand and stands in no file of this workspace.',
          node.label
        )
      );
      return;
    }
    if (known !== null) {
      return this._code.openPlace(known);
    }
    const found = await this._api.source(this._session.document.value, id);
    return this._code.openPlace({
      filePath: found.file_path,
      line: found.line,
      endLine: found.end_line,
      cell: found.cell
    });
  }
}
