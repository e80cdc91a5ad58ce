/**
 * A text at four levels, each part with the bytes it covers: characters as one sees them, code
 * points, bytes (`nanochat/bpe.py:utf8_bytes`), token ids. Pure: no drawing.
 */
import { type Vocabulary, utf8 } from '../kit/bpe';

export interface IText {
  readonly text: string;
  readonly vocabulary: Vocabulary;
}

/** From this byte up to before that one. */
export interface ISpan {
  readonly from: number;
  readonly to: number;
}

export interface IGlyph extends ISpan {
  readonly text: string;
}

export interface INumber extends ISpan {
  readonly value: number;
}

export type Kind = 'whole' | 'opens' | 'continues';

export interface ILevels {
  readonly glyphs: readonly IGlyph[];
  readonly points: readonly INumber[];
  readonly bytes: readonly INumber[];
  readonly ids: readonly INumber[];
}

/** Throws a sentence for half a character. */
export function compute(
  { text, vocabulary }: IText,
  _params: object = {}
): ILevels {
  const seen = [...new Intl.Segmenter().segment(text)].map(
    part => part.segment
  );
  const glyphs = laid(seen, part => utf8(part).length);
  const points = laid([...text], part => utf8(part).length);
  const ids = laid(vocabulary.encode(text), id => vocabulary.bytes(id).length);
  return {
    glyphs: glyphs.map(({ part, ...span }) => ({ text: part, ...span })),
    points: points.map(({ part, ...span }) => ({
      value: part.codePointAt(0) as number,
      ...span
    })),
    bytes: utf8(text).map((value, from) => ({ value, from, to: from + 1 })),
    ids: ids.map(({ part, ...span }) => ({ value: part, ...span }))
  };
}

/** What a byte says of itself. */
export function kindOf(byte: number): Kind {
  return byte < 128 ? 'whole' : byte < 192 ? 'continues' : 'opens';
}

/** The sum that makes a code point of its bytes, as one writes it. */
export function sum(bytes: readonly number[]): string {
  const [first = 0, ...rest] = bytes;
  const opens = [0, 192, 224, 240][rest.length] as number;
  const factors = ['', '64 × ', '4,096 × ', '262,144 × '];
  return [first - opens, ...rest.map(byte => byte - 128)]
    .map((_, n) => {
      const [byte, less] = n === 0 ? [first, opens] : [rest[n - 1], 128];
      return `${factors[rest.length - n]}(${byte} − ${less})`;
    })
    .join(' + ');
}

/**
 * Where to break lines of at most `room` bytes: where no part is cut, if that can be.
 * The places where a line begins.
 */
export function breaks(levels: ILevels, room: number): number[] {
  const count = levels.bytes.length;
  const clean = levels.glyphs
    .map(({ to }) => to)
    .filter(end => levels.ids.some(({ to }) => to === end));
  const begins: number[] = [];
  for (let at = 0; at < count;) {
    begins.push(at);
    const within = clean.filter(end => end > at && end <= at + room);
    at = within.at(-1) ?? at + room;
  }
  return begins;
}

function laid<T>(
  parts: readonly T[],
  length: (part: T) => number
): Array<ISpan & { part: T }> {
  let at = 0;
  return parts.map(part => {
    const from = at;
    at += length(part);
    return { part, from, to: at };
  });
}
