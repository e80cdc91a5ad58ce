/** What the picture says about the place in view, in words with their numbers. */
import { fixed, percent, short } from '../kit/format';
import type { Words } from '../kit/strings';
import { DRAWN, type ICandidate } from './candidates';
import type { IChoosing, IShares } from './compute';
import { visible } from '../kit/bpe';
import type { Key } from './words';

/** The shares of a place, and the text of the token of a rank. */
export interface IFound {
  readonly all: IShares;
  name(rank: number): string;
}

/** The best ones, or all where there are fewer. */
function best({ all }: IFound): number[] {
  return Array.from({ length: Math.min(DRAWN, all.order.length) }, (_, n) => n);
}

/** `came`: the token that the text goes on with, if there is one. */
export function rows(
  found: IFound,
  came: string | null,
  say: Words<Key>
): { rows: ICandidate[]; rest: string } {
  const { all, name } = found;
  const drawn = best(found);
  const together = drawn.reduce(
    (sum, rank) => sum + (all.shares[rank] as number),
    0
  );
  return {
    rows: drawn.map(rank => ({
      name: visible(name(rank)),
      share: all.shares[rank] as number,
      score: all.scores[rank] as number,
      came: came === name(rank)
    })),
    rest: say(
      'rest',
      all.order.length - drawn.length,
      percent(Math.max(1 - together, 0))
    )
  };
}

/** How the share of a rank came about. */
export function explained(
  { all, name }: IFound,
  rank: number,
  { temperature, top_k }: IChoosing,
  say: Words<Key>
): string {
  const told = [visible(name(rank)), fixed(all.scores[rank] as number)];
  if (temperature === 0) {
    return say('howCold', ...told);
  }
  if (all.powers[rank] === 0) {
    return say('howOut', ...told, top_k);
  }
  return say(
    'how',
    ...told,
    fixed(all.scores[0] as number),
    temperature,
    short(all.powers[rank] as number),
    short(all.total),
    percent(all.shares[rank] as number)
  );
}

/** The three best, for the ear. */
export function spoken({ all, name }: IFound): string {
  return all.shares
    .slice(0, 3)
    .map((share, rank) => `“${visible(name(rank))}” ${percent(share)}`)
    .join(', ');
}

export function tabled(found: IFound): string[][] {
  const { all, name } = found;
  return best(found).map(rank => [
    visible(name(rank)),
    fixed(all.scores[rank] as number),
    short(all.powers[rank] as number),
    percent(all.shares[rank] as number)
  ]);
}

/** So much of a long text is said. */
const TAIL = 60;

/** The end of a text, for a sentence about what follows. */
export function tail(text: string): string {
  return text.length > TAIL ? `…${text.slice(-TAIL)}` : text;
}
