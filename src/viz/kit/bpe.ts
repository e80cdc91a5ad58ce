/**
 * Text to token ids, as `nanochat/bpe.py` does it: cut, learn merges, apply them. Pure. The
 * rules are those of its SPLIT_PATTERN in the browser's own notation; `record_tokenizer.py`
 * records what the Python code answers, and a test compares.
 *
 * One difference is known: which characters are letters or numbers comes from the browser's
 * table of Unicode, which can be some years older or newer than Python's. Beside a character
 * that only one of them knows, a cut can differ.
 */
import shipped from './tokenizer.json';

export type Pair = readonly [number, number];

/** White space by Unicode: JavaScript's \s has one character more and lacks another. */
const SPACE = '\\p{White_Space}';

/**
 * The alternatives of SPLIT_PATTERN, in its order. Python's doubled `+` only saves time, so it
 * is left out; `(?i:…)` is spelled out, with ſ, which counts as a form of s.
 */
const RULES = [
  "'(?:[sdmtSDMTſ]|[lL][lL]|[rR][eE]|[vV][eE])",
  '[^\\r\\n\\p{L}\\p{N}]?\\p{L}+',
  '\\p{N}{1,2}',
  ` ?[^${SPACE}\\p{L}\\p{N}]+[\\r\\n]*`,
  `${SPACE}*[\\r\\n]`,
  `${SPACE}+(?!\\P{White_Space})`,
  `${SPACE}+`
];

export interface IPiece {
  readonly text: string;
  /** Which rule cut it, from 0. */
  readonly rule: number;
}

/** Whether there is half a character in it (a lone surrogate), which has no bytes. */
export function broken(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** The first `most` characters of a text that a host sent; no character is cut. */
export function beginning(text: unknown, most: number): string {
  return [...String(text)].slice(0, most).join('');
}

/** The pieces of `text`; put together they are `text` again. */
export function split(text: string): IPiece[] {
  const rules = new RegExp(RULES.map(rule => `(${rule})`).join('|'), 'gu');
  return [...text.matchAll(rules)].map(([piece, ...found]) => ({
    text: piece,
    rule: found.findIndex(part => part !== undefined)
  }));
}

/** The bytes of `text`. Throws a sentence for half a character. */
export function utf8(text: string): number[] {
  if (broken(text)) {
    throw new Error(
      'There is half a character in this text, so it has no bytes.'
    );
  }
  return [...new TextEncoder().encode(text)];
}

/** A copy of `ids` with every `pair` glued into `id`, from left to right. */
export function merge(
  ids: readonly number[],
  [left, right]: Pair,
  id: number
): number[] {
  const glued: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (ids[at] === left && ids[at + 1] === right) {
      glued.push(id);
      at++;
    } else {
      glued.push(ids[at] as number);
    }
  }
  return glued;
}

/** Each different piece once, as its bytes, and how often it occurs. */
export interface IWord {
  readonly ids: readonly number[];
  readonly times: number;
}

export function wordsOf(texts: readonly string[]): IWord[] {
  const times = new Map<string, number>();
  texts
    .flatMap(split)
    .forEach(({ text }) => times.set(text, (times.get(text) ?? 0) + 1));
  return [...times].map(([text, count]) => ({ ids: utf8(text), times: count }));
}

export interface ICount {
  readonly pair: Pair;
  readonly times: number;
}

/** All pairs of neighbours with their counts, the one that wins first. */
export function counts(list: readonly IWord[]): ICount[] {
  const found = new Map<string, { pair: Pair; times: number }>();
  for (const { ids, times } of list) {
    ids.slice(1).forEach((right, n) => {
      const pair = [ids[n] as number, right] as const;
      const now = found.get(pair.join()) ?? { pair, times: 0 };
      now.times += times;
      found.set(pair.join(), now);
    });
  }
  return [...found.values()].sort(
    (a, b) =>
      b.times - a.times || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1]
  );
}

/** One state of learning: the words, their counts, and the pair that wins. */
export interface ILearning {
  readonly words: readonly IWord[];
  readonly counts: readonly ICount[];
}

/** The states before the first merge, after it, and so on, at most `most` merges. */
export function learn(texts: readonly string[], most: number): ILearning[] {
  let list = wordsOf(texts);
  const states: ILearning[] = [{ words: list, counts: counts(list) }];
  while (states.length <= most) {
    const winner = states.at(-1)?.counts[0];
    if (winner === undefined) {
      break;
    }
    const id = 255 + states.length;
    list = list.map(({ ids, times }) => ({
      ids: merge(ids, winner.pair, id),
      times
    }));
    states.push({ words: list, counts: counts(list) });
  }
  return states;
}

/** The pairs that were glued on the way through these states. */
export function mergesOf(states: readonly ILearning[]): Pair[] {
  return states.slice(0, -1).map(({ counts: [winner] }) => winner!.pair);
}

/** A finished list of merges, ready to be used. */
export class Vocabulary {
  constructor(readonly merges: readonly Pair[]) {
    this._bytes = Array.from({ length: 256 }, (_, byte) => [byte]);
    merges.forEach(([left, right], n) => {
      this._bytes.push([...this.bytes(left), ...this.bytes(right)]);
      this._rank.set(`${left},${right}`, 256 + n);
    });
  }

  /** The bytes that an id stands for; none for an id outside. */
  bytes(id: number): readonly number[] {
    return this._bytes[id] ?? [];
  }

  /** The id that two neighbours are glued into, if they are. */
  rank(left: number, right: number): number | undefined {
    return this._rank.get(`${left},${right}`);
  }

  /** The ids of one piece after each gluing, the bytes first. */
  steps(piece: string): number[][] {
    const all = [utf8(piece)];
    for (;;) {
      const ids = all.at(-1) as number[];
      let best: { pair: Pair; id: number } | null = null;
      ids.slice(1).forEach((right, n) => {
        const left = ids[n] as number;
        const id = this.rank(left, right);
        if (id !== undefined && id < (best?.id ?? Infinity)) {
          best = { pair: [left, right], id };
        }
      });
      if (best === null) {
        return all;
      }
      const { pair, id } = best as { pair: Pair; id: number };
      all.push(merge(ids, pair, id));
    }
  }

  encode(text: string): number[] {
    return split(text).flatMap(piece => this.steps(piece.text).at(-1) ?? []);
  }

  /** The piece of text as one reads it: ␣ for a space, numbers for bytes that are no letters. */
  name(id: number): string {
    return readable(this.bytes(id));
  }

  private readonly _bytes: Array<readonly number[]>;
  private readonly _rank = new Map<string, number>();
}

const MARKS: Readonly<Record<string, string>> = {
  ' ': '␣',
  '\n': '⏎',
  '\r': '␍',
  '\t': '⇥'
};

/** A text with its white space to be seen. */
export function visible(text: string): string {
  return text.replace(/[ \n\r\t]/g, space => MARKS[space] as string);
}

/** Bytes as text where they are whole characters, else as numbers in brackets. */
export function readable(bytes: readonly number[]): string {
  const text = new TextDecoder().decode(Uint8Array.from(bytes));
  return text.includes('�') || /^\p{Cc}$/u.test(visible(text))
    ? `[${bytes.join(' ')}]`
    : visible(text);
}

/** The vocabulary of the models that ship with nanochat. */
export function shippedVocabulary(): Vocabulary {
  return vocabularyOf(shipped.merges);
}

/** Of the ids of the pairs one after the other: left, right, left, right … */
export function vocabularyOf(
  flat: readonly number[],
  merges = flat.length / 2
): Vocabulary {
  return new Vocabulary(
    Array.from({ length: merges }, (_, n) => [
      flat[2 * n] as number,
      flat[2 * n + 1] as number
    ])
  );
}

/** Its marks that no text can spell: name → id. */
export function shippedMarks(): ReadonlyMap<string, number> {
  const first = 256 + shipped.merges.length / 2;
  return new Map(shipped.special.map((name, n) => [name, first + n]));
}
