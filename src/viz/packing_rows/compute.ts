/**
 * Documents into rows, pick by pick, as `nanochat/dataloader.py:Packer` packs them: the oldest
 * opens, the longest that fits follows, the beginning of one that waits fills the end. Pure.
 */

export interface IPackInputs {
  /** How many tokens each document has, in the order in which they came. */
  readonly lengths: readonly number[];
}

export interface IPick {
  readonly row: number;
  readonly document: number;
  readonly kind: 'opens' | 'fits' | 'fills';
  /** The place in the row where it begins, and how many tokens go in. */
  readonly at: number;
  readonly tokens: number;
}

export interface IPacking {
  /** The lengths as they are used: no longer than a row. */
  readonly lengths: readonly number[];
  /** What is cut from each because it is longer than a row. */
  readonly lost: readonly number[];
  /** All that can be made until fewer tokens wait than a row holds. */
  readonly picks: readonly IPick[];
}

export function compute(
  { lengths: given }: IPackInputs,
  { slots }: { slots: number }
): IPacking {
  const lengths = given.map(length => Math.min(length, slots));
  const waiting = lengths.map((_, document) => document);
  const length = (document: number): number => lengths[document] as number;
  const take = (document: number): number => {
    waiting.splice(waiting.indexOf(document), 1);
    taken++;
    return document;
  };
  let taken = 0;
  const picks: IPick[] = [];
  const tokensWaiting = (): number =>
    waiting.reduce((sum, document) => sum + length(document), 0);
  for (let row = 0; tokensWaiting() >= slots && slots > 0; row++) {
    let at = 0;
    while (at < slots) {
      const space = slots - at;
      const fitting = waiting.filter(document => length(document) <= space);
      const longest = fitting.reduce(
        (best, document) => Math.max(best, length(document)),
        0
      );
      const next =
        at === 0
          ? waiting[0]
          : fitting.find(document => length(document) === longest);
      if (next === undefined) {
        // not of the same document each time
        const document = waiting[taken % waiting.length] as number;
        picks.push({ row, document, kind: 'fills', at, tokens: space });
        break;
      }
      const kind = at === 0 ? 'opens' : 'fits';
      const tokens = length(take(next));
      picks.push({ row, document: next, kind, at, tokens });
      at += tokens;
    }
  }
  return {
    lengths,
    lost: given.map((all, document) => all - length(document)),
    picks
  };
}

/** What some picks have done: rows begun, tokens shown for the first time, and again. */
export function tally(picks: readonly IPick[]): {
  rows: number;
  documents: number;
  fresh: number;
  repeated: number;
} {
  const fills = picks.filter(({ kind }) => kind === 'fills');
  const whole = picks.filter(({ kind }) => kind !== 'fills');
  const tokens = (list: readonly IPick[]): number =>
    list.reduce((sum, pick) => sum + pick.tokens, 0);
  return {
    rows: (picks.at(-1)?.row ?? -1) + 1,
    documents: whole.length,
    fresh: tokens(whole),
    repeated: tokens(fills)
  };
}

/** A, B … Z, then numbers. */
export function nameOf(document: number): string {
  return document < 26
    ? String.fromCharCode(65 + document)
    : String(document + 1);
}

/** The lengths in a line; null where it holds something else than numbers of 1 and more. */
export function lengthsOf(line: string): number[] | null {
  const parts = line.split(/[\s,;]+/).filter(part => part !== '');
  const lengths = parts.map(Number);
  return lengths.every(length => Number.isInteger(length) && length > 0)
    ? lengths
    : null;
}
