/**
 * What the pointer does on the map, in terms of nodes and lines: keeps what is hovered,
 * says what was chosen, drags. Draws nothing.
 */
import type { NodeId } from '../../api/types.gen';
import type { IGraphNode } from '../model/model';
import type { ILens } from './lens';
import { Pointing } from './pointing';
import type { Scene } from './scene';
import { Targets } from './targets';

export interface ITouchEvents {
  /** Under the pointer, and where its middle is (CSS pixels in the host). */
  hover(node: IGraphNode | null, x: number, y: number): void;
  /** Edges under the pointer, none: an empty list. */
  reasons(edges: readonly number[], x: number, y: number): void;
  /** A click on a line: to the place that is its reason. */
  openReason(edge: number): void;
  select(id: NodeId | null): void;
  open(id: NodeId): void;
  /** On its way with the pointer, in world coordinates. */
  dragged(id: NodeId, x: number, y: number): void;
  /** Dropped at these world coordinates; a file takes along what it holds. */
  moved(id: NodeId, x: number, y: number): void;
}

interface ITouchOptions {
  readonly lens: () => ILens;
  /** Another node or line is under the pointer. */
  readonly hovered: () => void;
  /** Nodes are on their way with the pointer. */
  readonly dragged: () => void;
}

export class Touch {
  constructor(
    private readonly _canvas: HTMLCanvasElement,
    private readonly _scene: Scene,
    private readonly _events: ITouchEvents,
    private readonly _options: ITouchOptions
  ) {
    this._targets = new Targets(_scene, _options.lens);
    this._pointing = new Pointing(_canvas, {
      at: (x, y) => this._targets.node(x, y),
      hover: (index, x, y) => {
        this.hover(index);
        this._reason(index < 0 ? this._targets.edges(x, y) : [], x, y);
      },
      leave: () => {
        this.hover(-1);
        this._reason([], 0, 0);
      },
      click: (index, x, y) => this._click(index, x, y),
      open: index => _events.open(this._id(index)),
      drag: (index, x, y) => {
        this._targets.drag(index, x, y);
        _options.dragged();
        const { xy } = _scene;
        _events.dragged(this._id(index), xy[2 * index], xy[2 * index + 1]);
      },
      dropped: index => {
        const { xy } = _scene;
        for (const held of this._targets.held(index)) {
          _events.moved(this._id(held), xy[2 * held], xy[2 * held + 1]);
        }
      }
    });
  }

  /** Is nothing there that a press would take? */
  isFree(event: MouseEvent | TouchEvent): boolean {
    return this._pointing.under(event) < 0;
  }

  hover(index: number): void {
    if (index !== this._scene.hovered) {
      this._scene.hovered = index;
      this._canvas.style.cursor = index < 0 ? '' : 'pointer';
      this._options.hovered();
      this.tell();
    }
  }

  /** Say again what is hovered: it may be elsewhere on the panel now. */
  tell(): void {
    const { hovered, model, xy } = this._scene;
    if (hovered < 0) {
      this._events.hover(null, 0, 0);
    } else {
      const { x, y, k } = this._options.lens();
      this._events.hover(
        model.nodes[hovered],
        xy[2 * hovered] * k + x,
        xy[2 * hovered + 1] * k + y
      );
    }
  }

  dispose(): void {
    this._pointing.dispose();
  }

  private _reason(edges: readonly number[], x: number, y: number): void {
    if (edges.length > 0 || this._scene.reasons.length > 0) {
      this._scene.reasons = edges;
      this._canvas.style.cursor =
        edges.length > 0 || this._scene.hovered >= 0 ? 'pointer' : '';
      this._options.hovered();
      this._events.reasons(edges, x, y);
    }
  }

  /** A node, else the line that passes here, else the sheet; on nothing: no choice. */
  private _click(index: number, x: number, y: number): void {
    const edges = index < 0 ? this._targets.edges(x, y) : [];
    const at = index < 0 ? this._targets.box(x, y) : index;
    if (edges.length > 0) {
      this._events.openReason(edges[0]);
    } else {
      this._events.select(at < 0 ? null : this._id(at));
    }
  }

  private _id(index: number): NodeId {
    return this._scene.model.nodes[index].id;
  }

  private readonly _targets: Targets;
  private readonly _pointing: Pointing;
}
