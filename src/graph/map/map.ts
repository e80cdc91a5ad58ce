/**
 * The map at work: renderer, places, pins and session joined. Loaded with the first map;
 * the React side around it is `map-view.tsx`.
 */
import { Signal } from '@lumino/signaling';

import type { NodeId } from '../../api/types.gen';
import { type Mastery, masteryName } from '../../parts/mastery';
import type { IPointing } from '../../tokens';
import { Places } from '../layout/places';
import { focusSet, type IInView } from '../model/filter';
import { type IGraphModel, nodeOfDocument } from '../model/model';
import type { Masteries } from '../model/mastery';
import type { IPath } from '../model/path';
import { regionsOf } from '../model/regions';
import { regionWords } from '../model/words';
import type { Trail } from '../model/trail';
import type { IServices } from '../services';
import { type Direction, towards } from './direction';
import { download, type Format, pictureOf } from './picture';
import { Arranging, type Progress } from './arranging';
import { GraphRenderer } from './renderer';
import type { ITouchEvents } from './touch';

export type IMapEvents = Pick<
  ITouchEvents,
  'hover' | 'reasons' | 'openReason' | 'select' | 'open'
> & {
  /** How far an arrangement by forces is. */
  readonly progress: (share: Progress) => void;
};

/** How far around a node its neighbourhood reaches. */
const HOPS = 2;

export class GraphMap {
  constructor(
    host: HTMLElement,
    private readonly _services: IServices,
    events: IMapEvents
  ) {
    const { session, api, themes, pins } = _services;
    this._places = new Places(api);
    this._renderer = new GraphRenderer(host, {
      ...events,
      dragged: (id, x, y) => this._arranging.dragged(id, x, y),
      moved: (id, x, y) => this._arranging.moved(id, x, y)
    });
    this._arranging = new Arranging(this._renderer, this._places, _services, {
      progress: events.progress,
      fit: () => this._fit(true)
    });
    this._renderer.onFit = () => this._fit(true);
    session.selection.changed.connect(this._onSelection, this);
    session.highlight.changed.connect(this._onHighlight, this);
    session.pointing.changed.connect(this._onPointing, this);
    session.document.changed.connect(this._onDocument, this);
    pins.changed.connect(this._onPins, this);
    themes?.themeChanged.connect(this._onTheme, this);
  }

  /**
   * Another graph, or others of its nodes shown. Known nodes stay where they are, and so
   * does the camera. `prefix`: the workspace's folder.
   */
  async show(model: IGraphModel, view: IInView, prefix: string): Promise<void> {
    const { session, pins, arrangement, trans } = this._services;
    const turn = ++this._turn;
    await Promise.all([pins.load(prefix), arrangement.load()]);
    if (turn !== this._turn) {
      return;
    }
    const first = this._model === null || prefix !== this._prefix;
    const centre = first ? null : this._centre;
    const regions = regionsOf(model, regionWords(trans));
    if (model !== this._model) {
      this._places.setModel(
        model,
        regions,
        session.document.value,
        prefix,
        pins.places,
        this._renderer.form
      );
    }
    this._model = model;
    this._view = view;
    this._prefix = prefix;
    this._renderer.setGraph(model, view, regions);
    this._arranging.show(model, view, regions, prefix);
    this._onPins();
    this.setTrail(this._trail);
    this._centreOn(this._nearby ? (centre ?? this._here()) : null);
    const { selection } = session;
    if (first) {
      this._renderer.scene.selected =
        model.byId.get(selection.value ?? ('' as NodeId))?.index ?? -1;
      this._fit(true);
    } else {
      this._renderer.select(selection.value);
    }
  }

  /** Only what is around one node stands out, or all is alike; the camera goes there. */
  setNearby(nearby: boolean): void {
    this._nearby = nearby;
    this._centreOn(nearby ? this._here() : null);
    this._fit();
  }

  fit(): void {
    this._renderer.fit();
  }

  zoomBy(factor: number): void {
    this._renderer.zoomBy(factor);
  }

  cover(height: number): void {
    this._renderer.cover(height);
  }

  tell(edges: readonly number[]): void {
    this._renderer.tell(edges);
  }

  setTrail(trail: Trail): void {
    this._trail = trail;
    this._renderer.mark({ trail: this._indices(trail) });
  }

  /** Concepts by what was understood; null: by region. */
  setMastery(mastery: Masteries | null): void {
    this._renderer.mark({ mastery });
  }

  /** A way that is lit; null: none. */
  setPath(path: IPath | null): void {
    this._path = path;
    this._renderer.mark({ path });
    this._light();
    if (path !== null) {
      this._renderer.reveal(path.nodes, true);
    }
  }

  /** All places anew, except what is pinned. */
  tidy(): void {
    this._arranging.tidy();
  }

  /** What forces have on its way stays where it has come to. */
  stop(): void {
    this._arranging.stop();
  }

  /** Pin the selected node where it is, or let it go. */
  togglePin(id: NodeId): void {
    const { pins } = this._services;
    const place = this._places.at(id);
    if (pins.places.has(id)) {
      pins.unpin(id);
    } else if (place !== null) {
      pins.pin(id, place);
    }
  }

  /** What is in view, as a file. */
  async save(format: Format): Promise<void> {
    const { trans } = this._services;
    const words = {
      title: trans.__('Map of concepts and code'),
      understood: trans.__('Concepts by what you understood:'),
      mastery: (state: Mastery) => masteryName(state, trans)
    };
    download(await pictureOf(this._renderer, format, words), format);
  }

  /** Select the neighbour in that direction, else the nearest node there. */
  walk(direction: Direction): NodeId | null {
    const { scene } = this._renderer;
    const model = this._model;
    if (model === null) {
      return null;
    }
    const shown = (index: number): boolean => scene.has(index);
    if (scene.selected < 0 || !shown(scene.selected)) {
      const first = scene.naming.find(shown);
      return (
        this._centre ?? (first === undefined ? null : model.nodes[first].id)
      );
    }
    const linked = model.links[scene.selected]
      .filter(({ edge }) => this._view?.edges[edge] === 1)
      .map(({ other }) => other);
    const lit = [...model.nodes.keys()].filter(
      index => shown(index) && scene.isLit(index)
    );
    for (const candidates of [linked.filter(shown), lit]) {
      const next = towards(scene.xy, scene.selected, candidates, direction);
      if (next >= 0) {
        return model.nodes[next].id;
      }
    }
    return null;
  }

  dispose(): void {
    Signal.clearData(this);
    this._arranging.dispose();
    this._places.dispose();
    this._renderer.dispose();
  }

  private _indices(ids: Iterable<NodeId>): number[] {
    return [...ids].flatMap(id => this._model?.byId.get(id)?.index ?? []);
  }

  /** The selected node, else the open document's; null where there is neither. */
  private _here(): NodeId | null {
    const { selection, document } = this._services.session;
    const model = this._model;
    if (model === null) {
      return null;
    }
    const selected = selection.value;
    return selected !== null && model.byId.has(selected)
      ? selected
      : (nodeOfDocument(model, document.value, this._prefix)?.id ?? null);
  }

  /** Whoever leaves the neighbourhood takes it along; the camera moves only if it must. */
  private _follow(id: NodeId | null): void {
    const node = id === null ? undefined : this._model?.byId.get(id);
    if (this._nearby && node !== undefined && !this._near?.has(node.index)) {
      this._centreOn(node.id);
      this._renderer.reveal([node.index]);
    }
  }

  private _centreOn(centre: NodeId | null): void {
    const { _model: model, _view: view } = this;
    this._centre = centre;
    this._near =
      centre === null || model === null || view === null
        ? null
        : focusSet(model, this._indices([centre]), HOPS, view);
    this._light();
  }

  /** What stands out: the way that was asked for, else the highlight, else the surroundings. */
  private _light(): void {
    const highlight = this._indices(this._services.session.highlight.value.ids);
    this._renderer.light(
      this._path !== null
        ? new Set(this._path.nodes)
        : highlight.length > 0
          ? new Set(highlight)
          : this._near
    );
  }

  private _fit(cut = false): void {
    if (this._path !== null) {
      this._renderer.fit(this._path.nodes, -1, cut);
      return;
    }
    const centre = this._centre === null ? [] : this._indices([this._centre]);
    this._renderer.fit(this._near, centre[0] ?? -1, cut);
  }

  private _onSelection(_: unknown, id: NodeId | null): void {
    this._renderer.select(id);
    this._follow(id);
  }

  private _onHighlight(): void {
    this._light();
    const { ids } = this._services.session.highlight.value;
    this._renderer.reveal(this._indices(ids));
  }

  private _onPointing(_: unknown, pointing: IPointing | null): void {
    const theirs = pointing !== null && pointing.by !== 'graph';
    this._renderer.point(theirs ? pointing.ids : []);
  }

  private _onPins(): void {
    const { pins } = this._services;
    this._renderer.mark({ pinned: new Set(this._indices(pins.ids)) });
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

  private readonly _places: Places;
  private readonly _renderer: GraphRenderer;
  private readonly _arranging: Arranging;
  private _model: IGraphModel | null = null;
  private _view: IInView | null = null;
  private _prefix = '';
  private _nearby = false;
  private _centre: NodeId | null = null;
  private _near: ReadonlySet<number> | null = null;
  private _path: IPath | null = null;
  private _trail: Trail = [];
  private _turn = 0;
}
