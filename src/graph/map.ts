/**
 * The map at work: renderer, places and session joined. Loaded with the first map; the
 * React side around it is `map-view.tsx`.
 */
import type { IThemeManager } from '@jupyterlab/apputils';
import { Signal } from '@lumino/signaling';

import type { NodeId } from '../api/types.gen';
import type { IApi, ISession } from '../tokens';
import { type Direction, towards } from './direction';
import { type IGraphModel, nodeOfDocument } from './model';
import { Places } from './places';
import { GraphRenderer, type IRendererEvents } from './renderer';

export interface IMapOptions {
  readonly session: ISession;
  readonly api: IApi;
  readonly themes: IThemeManager | null;
  readonly hover: IRendererEvents['hover'];
  readonly open: (id: NodeId) => void;
  /** Places are being looked for; the map may still be empty. */
  readonly arranging: (busy: boolean) => void;
}

/** How far around a node its neighbourhood reaches. */
const HOPS = 2;

export class GraphMap {
  constructor(
    host: HTMLElement,
    private readonly _options: IMapOptions
  ) {
    const { session, api, themes, hover, open } = _options;
    this._places = new Places(api);
    this._renderer = new GraphRenderer(host, {
      hover,
      open,
      select: id => session.selection.set(id),
      moved: (id, x, y) => this._places.move(id, x, y)
    });
    session.selection.changed.connect(this._onSelection, this);
    session.highlight.changed.connect(this._onHighlight, this);
    session.document.changed.connect(this._onDocument, this);
    themes?.themeChanged.connect(this._onTheme, this);
  }

  /** Another graph, or others of its nodes shown. `prefix`: the workspace's folder. */
  show(model: IGraphModel, visible: Uint8Array, prefix: string): void {
    const { session, arranging } = this._options;
    const centre = this._model === null ? null : this._centre;
    if (model !== this._model) {
      this._places.setModel(model, session.document.value, prefix);
    }
    this._model = model;
    this._prefix = prefix;
    this._renderer.setGraph(model, visible);
    this._renderer.setPositions(this._places.xy);
    this._renderer.select(session.selection.value);
    this._onHighlight();
    this.setNearby(this._nearby, centre);
    arranging(true);
    void this._places
      .arrange(visible, (xy, done) => {
        if (done || !this._still) {
          this._renderer.setPositions(xy);
        }
      })
      .finally(() => arranging(false));
  }

  /** Only what is around one node stands out, or all is alike. */
  setNearby(nearby: boolean, centre: NodeId | null = null): void {
    this._nearby = nearby;
    const at = nearby ? (centre ?? this._here()) : null;
    this._centre = at;
    this._near = this._renderer.focus(at === null ? [] : [at], { hops: HOPS });
  }

  fit(): void {
    this._renderer.fit();
  }

  zoomBy(factor: number): void {
    this._renderer.zoomBy(factor);
  }

  /** Select the neighbour in that direction, else the nearest node there. */
  walk(direction: Direction): void {
    const { session } = this._options;
    const { scene } = this._renderer;
    const model = this._model;
    if (model === null) {
      return;
    }
    const shown = (index: number): boolean => scene.has(index);
    if (scene.selected < 0 || !shown(scene.selected)) {
      const first =
        this._centre ?? model.nodes[scene.naming.find(shown) ?? 0].id;
      session.selection.set(first);
      return;
    }
    const linked = model.links[scene.selected].map(({ other }) => other);
    const lit = [...model.nodes.keys()].filter(
      index => shown(index) && scene.isLit(index)
    );
    for (const candidates of [linked.filter(shown), lit]) {
      const next = towards(scene.xy, scene.selected, candidates, direction);
      if (next >= 0) {
        session.selection.set(model.nodes[next].id);
        return;
      }
    }
  }

  dispose(): void {
    Signal.clearData(this);
    this._places.dispose();
    this._renderer.dispose();
  }

  /** The selected node, else the open document's; null where there is neither. */
  private _here(): NodeId | null {
    const { selection, document } = this._options.session;
    const model = this._model;
    if (model === null) {
      return null;
    }
    const selected = selection.value;
    return selected !== null && model.byId.has(selected)
      ? selected
      : (nodeOfDocument(model, document.value, this._prefix)?.id ?? null);
  }

  /** Whoever leaves the neighbourhood takes it along; within it the map stays put. */
  private _follow(id: NodeId | null): void {
    const node = id === null ? undefined : this._model?.byId.get(id);
    if (this._nearby && node !== undefined && !this._near?.has(node.index)) {
      this.setNearby(true, node.id);
    }
  }

  private _onSelection(_: unknown, id: NodeId | null): void {
    this._renderer.select(id);
    this._follow(id);
  }

  private _onHighlight(): void {
    this._renderer.highlight(this._options.session.highlight.value.ids);
  }

  private _onDocument(_: unknown, document: string): void {
    const model = this._model;
    if (model !== null) {
      this._follow(nodeOfDocument(model, document, this._prefix)?.id ?? null);
    }
  }

  private _onTheme(): void {
    // The style sheet of the theme stands one frame after the signal.
    requestAnimationFrame(() => this._renderer.readColours());
  }

  private get _still(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  private readonly _places: Places;
  private readonly _renderer: GraphRenderer;
  private _model: IGraphModel | null = null;
  private _prefix = '';
  private _nearby = true;
  private _centre: NodeId | null = null;
  private _near: ReadonlySet<number> | null = null;
}
