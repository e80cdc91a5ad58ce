/**
 * Two canvases on each other, as large as their host and as fine as the screen. Tells
 * when the host's size is another one; draws nothing.
 */
export class Canvases {
  constructor(
    private readonly _host: HTMLElement,
    private readonly _resized: (before: {
      readonly width: number;
      readonly height: number;
    }) => void
  ) {
    this.below = canvas('jp-NanochatLearn-mapBelow');
    this.above = canvas('jp-NanochatLearn-mapAbove');
    _host.append(this.below, this.above);
    this._observer = new ResizeObserver(() => this._resize());
    this._observer.observe(_host);
  }

  readonly below: HTMLCanvasElement;
  readonly above: HTMLCanvasElement;
  /** CSS pixels; 0 before the host is first laid out. */
  width = 0;
  height = 0;

  dispose(): void {
    this._observer.disconnect();
    this.below.remove();
    this.above.remove();
  }

  private _resize(): void {
    const { clientWidth, clientHeight } = this._host;
    if (clientWidth === 0 || clientHeight === 0) {
      return;
    }
    const before = { width: this.width, height: this.height };
    this.width = clientWidth;
    this.height = clientHeight;
    const ratio = globalThis.devicePixelRatio || 1;
    for (const node of [this.below, this.above]) {
      node.width = Math.round(clientWidth * ratio);
      node.height = Math.round(clientHeight * ratio);
      contextOf(node).setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this._resized(before);
  }

  private readonly _observer: ResizeObserver;
}

function canvas(name: string): HTMLCanvasElement {
  const node = document.createElement('canvas');
  node.className = name;
  // The list beside the map says the same in words.
  node.setAttribute('aria-hidden', 'true');
  return node;
}

export function contextOf(node: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = node.getContext('2d');
  if (context === null) {
    throw new Error('This browser offers no canvas to draw the map on.');
  }
  return context;
}
