/**
 * A panel's part of the selection bus: what stands for a node points at it while it is
 * hovered or focused, and is lit while somebody else points at it.
 */
import type { NodeId } from '../api/types.gen';
import type { IPointing, ISession } from '../tokens';

/** A class that changes colours only: the page must not move under the pointer. */
const LIT = 'jp-mod-lit';

interface ILight {
  readonly node: HTMLElement;
  readonly ids: readonly NodeId[];
}

/** The lights of one page or answer; they go out with `signal`. */
export class Lights {
  constructor(
    private readonly _session: ISession,
    private readonly _signal: AbortSignal,
    private readonly _by: IPointing['by']
  ) {
    const look = (): void => this._look();
    _session.pointing.changed.connect(look);
    _signal.addEventListener('abort', () => {
      _session.pointing.changed.disconnect(look);
      this._withdraw();
    });
  }

  /** `node` stands for `ids`; it points at `points`, by default at the same. */
  add(
    node: HTMLElement,
    ids: readonly NodeId[],
    points: readonly NodeId[] = ids
  ): void {
    this._lights.push({ node, ids });
    const on = { signal: this._signal };
    const point = (): void => {
      this._source = node;
      this._own = { ids: points, by: this._by };
      this._session.pointing.set(this._own);
    };
    const leave = (): void => {
      if (this._source === node && !node.contains(document.activeElement)) {
        this._withdraw();
      }
    };
    node.addEventListener('pointerenter', point, on);
    node.addEventListener('pointerleave', leave, on);
    node.addEventListener('focusin', point, on);
    node.addEventListener(
      'focusout',
      event => {
        if (!node.contains(event.relatedTarget as Node | null)) {
          this._source = this._source === node ? null : this._source;
          this._withdraw();
        }
      },
      on
    );
  }

  /** Stop pointing, unless somebody else points by now. */
  private _withdraw(): void {
    this._source = null;
    const own = this._own;
    this._own = null;
    if (own !== null && this._session.pointing.value === own) {
      this._session.pointing.set(null);
    }
  }

  private _look(): void {
    const pointing = this._session.pointing.value;
    const source = pointing === this._own ? this._source : null;
    const pointed = this._meant(pointing);
    for (const { node, ids } of this._lights) {
      const lit = node !== source && ids.some(id => pointed.has(id));
      node.classList.toggle(LIT, lit);
    }
  }

  /** What is pointed at, and the code that a concept among it explains. */
  private _meant(pointing: IPointing | null): Set<NodeId> {
    const meant = new Set(pointing?.ids);
    const graph = this._session.graph.value;
    if (pointing === null || graph.kind !== 'ready') {
      return meant;
    }
    for (const { data } of graph.value.elements.edges) {
      if (data.type === 'explains' && pointing.ids.includes(data.source)) {
        meant.add(data.target);
      }
    }
    return meant;
  }

  private readonly _lights: ILight[] = [];
  /** What this page pointed at last, and the element that did. */
  private _own: IPointing | null = null;
  private _source: HTMLElement | null = null;
}
