/** The loss, step by step: a small curve with a mark at the step in view. */
import { element, svg } from '../kit/dom';

const [WIDTH, HEIGHT] = [200, 50];
/** The curve is cut off above this loss: guessing 0.5 for all has 0.25. */
const MOST = 1;

export function lossCurve(last: number): {
  node: HTMLElement;
  show(losses: readonly number[], step: number): void;
} {
  const path = svg('polyline', { class: 'nl-loss-line' });
  const mark = svg('line', { y1: 0, y2: HEIGHT, class: 'nl-loss-mark' });
  const node = element('div', { class: 'nl-loss', 'aria-hidden': 'true' });
  node.append(
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none' },
      path,
      mark
    )
  );
  const x = (step: number): number => (step / last) * WIDTH;
  const y = (loss: number): number =>
    HEIGHT - 1 - (Math.min(loss, MOST) / MOST) * (HEIGHT - 2);
  return {
    node,
    show(losses, step) {
      path.setAttribute(
        'points',
        losses
          .map((loss, n) => `${x(n).toFixed(1)},${y(loss).toFixed(1)}`)
          .join(' ')
      );
      mark.setAttribute('x1', x(step).toFixed(1));
      mark.setAttribute('x2', x(step).toFixed(1));
    }
  };
}
