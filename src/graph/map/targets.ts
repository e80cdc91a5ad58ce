/** What lies under a point of the panel, and what moves along when it is dragged. */
import { lightOf } from './draw-edges';
import type { ILens } from './lens';
import type { Scene } from './scene';

/** A finger is wider than a node far away. */
const REACH = 9;
const LINE_REACH = 5;
/** From here on names are shown, and are part of their node. */
const NAMED_FROM = 0.8;
/** So many lines at rest can still be told apart from afar. */
const FEW_LINES = 600;

export class Targets {
  constructor(
    private readonly _scene: Scene,
    private readonly _lens: () => ILens
  ) {}

  node(x: number, y: number): number {
    const { k } = this._lens();
    return this._scene.at(...this._world(x, y), REACH / k, k >= NAMED_FROM);
  }

  edges(x: number, y: number): readonly number[] {
    const { k } = this._lens();
    const dense = k < 0.5 && this._scene.model.edges.length > FEW_LINES;
    return this._scene.edgesAt(...this._world(x, y), LINE_REACH / k, edge => {
      const light = lightOf(this._scene, edge);
      return light === 'rest' ? !dense : light !== 'faded';
    });
  }

  /** The innermost file or class whose box holds the point; -1. */
  box(x: number, y: number): number {
    const [wx, wy] = this._world(x, y);
    let found = -1;
    let least = Infinity;
    this._scene.boxes.forEach((box, index) => {
      if (
        box !== null &&
        wx >= box.x0 &&
        wx <= box.x1 &&
        wy >= box.y0 &&
        wy <= box.y1
      ) {
        const area = (box.x1 - box.x0) * (box.y1 - box.y0);
        if (area < least) {
          [found, least] = [index, area];
        }
      }
    });
    return found;
  }

  /** The node and all that lies on it. */
  held(index: number): readonly number[] {
    if (this._scene.free) {
      return [index];
    }
    const { nodes } = this._scene.model;
    return nodes
      .filter(node => {
        let at = node;
        for (let n = 0; n < nodes.length && at.index !== index; n++) {
          if (at.parent < 0) {
            return false;
          }
          at = nodes[at.parent];
        }
        return at.index === index;
      })
      .map(node => node.index);
  }

  drag(index: number, x: number, y: number): void {
    const { xy } = this._scene;
    const [wx, wy] = this._world(x, y);
    const [dx, dy] = [wx - xy[2 * index], wy - xy[2 * index + 1]];
    for (const held of this.held(index)) {
      this._scene.place(held, xy[2 * held] + dx, xy[2 * held + 1] + dy);
    }
  }

  private _world(x: number, y: number): [number, number] {
    const lens = this._lens();
    return [(x - lens.x) / lens.k, (y - lens.y) / lens.k];
  }
}
