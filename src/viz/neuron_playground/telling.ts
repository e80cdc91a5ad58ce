/** What the picture says in words: one setting of the switches worked out, and the table. */
import { fixed, short as digits } from '../kit/format';
import type { Words } from '../kit/strings';
import { type INeurons, LAMP, SWITCHES } from './compute';
import type { STRINGS } from './words';

interface INeuron {
  readonly a1: number;
  readonly a2: number;
  readonly bias: number;
}

/** The neuron and the network at one setting of the switches, with every number. */
export function explained(
  say: Words<keyof typeof STRINGS>,
  { a1, a2, bias }: INeuron,
  { sums, bent, network }: INeurons,
  setting: number
): string {
  const [x1, x2] = SWITCHES[setting] as readonly [number, number];
  const said = network.outputs[setting] as number;
  const lamp = LAMP[setting] as number;
  const error = said - lamp;
  return (
    say(
      'how',
      x1,
      x2,
      short(a1),
      inBrackets(a2),
      inBrackets(bias),
      short(sums[setting] as number),
      short(bent[setting] as number),
      fixed(said),
      lamp
    ) +
    say(
      'howError',
      error < 0 ? `(${digits(error)})` : digits(error),
      digits(error * error)
    )
  );
}

export function rows({ sums, bent, network }: INeurons): string[][] {
  return SWITCHES.map((pair, n) => [
    pair.join(', '),
    short(sums[n] as number),
    short(bent[n] as number),
    fixed(network.outputs[n] as number),
    String(LAMP[n])
  ]);
}

/** Two digits, without zeros behind the point. */
export function short(value: number): string {
  return fixed(value).replace(/\.?0+$/, '');
}

function inBrackets(value: number): string {
  return value < 0 ? `(${short(value)})` : short(value);
}
