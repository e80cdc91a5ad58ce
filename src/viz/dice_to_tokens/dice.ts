/** The dice there are: those of the example, or the one that the host brings. */
import { whole } from '../kit/format';
import type { IModel } from '../kit/host';
import type { Words } from '../kit/strings';
import { numbers } from '../kit/tensor';
import example from './example.json';
import type { STRINGS } from './words';

type Say = Words<keyof typeof STRINGS>;

export interface IDie {
  readonly names: readonly string[];
  readonly shares: readonly number[];
  readonly intro: string;
}

/** So many sides are drawn; what is less likely stands together as one. */
const DRAWN = 6;

/** The sky of the note, and what the shipped model makes of its scores. */
export function shipped(say: Say): IDie[] {
  return example.dice.map(({ names, shares, prompt, rest }) => ({
    names: rest ? [...names, say('others', whole(rest))] : names,
    shares,
    intro: prompt
      ? say('introModel', prompt, names.length, whole(rest ?? 0))
      : say('introSky')
  }));
}

/** The die of the host, its likeliest sides first; the others stand together. */
export function given(from: IModel, say: Say): IDie[] | null {
  if (from.get('shares') === undefined) {
    return null;
  }
  const named = from.get('names');
  const sides = numbers(from.get('shares'), [])
    .map((share, n) => ({
      share,
      name: String(Array.isArray(named) ? (named[n] ?? n) : n)
    }))
    .sort((a, b) => b.share - a.share);
  const likely = sides.slice(0, sides.length > DRAWN ? DRAWN - 1 : DRAWN);
  const others = sides.slice(likely.length);
  const left = others.reduce((sum, { share }) => sum + share, 0);
  return [
    {
      names: [
        ...likely.map(({ name }) => name),
        ...(others.length ? [say('others', whole(others.length))] : [])
      ],
      shares: [
        ...likely.map(({ share }) => share),
        ...(others.length ? [left] : [])
      ],
      intro: say('introGiven', whole(sides.length))
    }
  ];
}
