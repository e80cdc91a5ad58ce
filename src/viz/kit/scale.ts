/**
 * The colours of data on canvas: fixed, never the theme's. From dark blue to pale yellow the
 * lightness only grows and the hue stays on the blue–yellow axis, so it reads the same for
 * colour-blind eyes and in grey.
 */
export type Rgb = readonly [number, number, number];

const SEQUENTIAL: readonly Rgb[] = [
  [13, 27, 56],
  [0, 84, 140],
  [64, 150, 196],
  [165, 205, 190],
  [255, 238, 150]
];

/** The colour of a share from 0 to 1. */
export function sequential(share: number): Rgb {
  const last = SEQUENTIAL.length - 1;
  const place = Math.min(Math.max(share, 0), 1) * last;
  const left = Math.min(Math.floor(place), last - 1);
  const [a, b] = [SEQUENTIAL[left] as Rgb, SEQUENTIAL[left + 1] as Rgb];
  const mix = (n: 0 | 1 | 2): number =>
    Math.round(a[n] + (b[n] - a[n]) * (place - left));
  return [mix(0), mix(1), mix(2)];
}

/** The scale as a CSS gradient, for a legend. */
export function legendGradient(): string {
  return `linear-gradient(90deg,${SEQUENTIAL.map(rgb => `rgb(${rgb.join()})`).join()})`;
}
