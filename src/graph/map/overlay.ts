/** The upper canvas: rings around what is pointed at, and the lines that are told about. */
import { drawReasons } from './draw-edges';
import type { IView } from './lens';
import { drawRing } from './marks';
import type { IPalette } from './palette';
import { CanvasPen } from './pen';
import type { Scene } from './scene';

export class Overlay {
  constructor(
    private readonly _canvas: HTMLCanvasElement,
    private readonly _scene: Scene
  ) {}

  draw(view: IView, palette: IPalette): void {
    const context = this._canvas.getContext('2d');
    if (context === null) {
      return;
    }
    context.clearRect(0, 0, view.width, view.height);
    const { hovered, pointed, reasons, model } = this._scene;
    const rings = [...pointed, hovered].filter(
      index => index >= 0 && this._scene.has(index)
    );
    if (rings.length === 0 && reasons.length === 0) {
      return;
    }
    const pen = new CanvasPen(context, palette.font);
    const own =
      hovered < 0
        ? []
        : model.links[hovered]
            .map(({ edge }) => edge)
            .filter(edge => this._scene.hasLine(edge));
    const told = reasons.filter(edge => this._scene.view.edges[edge] === 1);
    drawReasons(pen, this._scene, view, [...own, ...told], palette);
    for (const index of rings) {
      drawRing(pen, this._scene, view, index, palette.accent, 2.5);
    }
    // The ends of a line that is told about: from where, to where.
    for (const edge of told) {
      const { source, target } = model.edges[edge];
      drawRing(pen, this._scene, view, source, palette.accent, 1.5);
      drawRing(pen, this._scene, view, target, palette.accent, 1.5);
    }
  }
}
