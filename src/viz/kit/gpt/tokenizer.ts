/**
 * Text to token ids and back, as `nanochat/tokenizer.py` does it: cut the text, then glue
 * pairs in the order they were learned. Ids: 0–255 are the bytes, then one id a merge, then
 * the special tokens. Letters and digits are what the browser's table of Unicode says.
 */

export interface ITokenizer {
  /** V: every id is below this. */
  readonly size: number;
  /** The ids of a text; never a special token. Throws for half a character. */
  encode(text: string): number[];
  /** The bytes that an id stands for; a special token gives its name. */
  bytes(id: number): Uint8Array;
  /** The text of these ids; bytes that make no character become `�`. */
  decode(ids: readonly number[]): string;
  /** The id of a special token; undefined where there is none of that name. */
  special(name: string): number | undefined;
  isSpecial(id: number): boolean;
}

/**
 * `SPLIT_PATTERN` of `nanochat/bpe.py` in JavaScript's dialect. It has no possessive `+`,
 * which here changes the speed only, no `(?i:)` (`ſ` is a small s, too), and its own idea of
 * white space, so the property is named.
 */
const SPLIT = new RegExp(
  [
    "'(?:[sdmtSDMTſ]|[lL][lL]|[rR][eE]|[vV][eE])",
    '[^\\r\\n\\p{L}\\p{N}]?\\p{L}+',
    '\\p{N}{1,2}',
    ' ?[^\\p{White_Space}\\p{L}\\p{N}]+[\\r\\n]*',
    '\\p{White_Space}*[\\r\\n]',
    '\\p{White_Space}+(?!\\P{White_Space})',
    '\\p{White_Space}+'
  ].join('|'),
  'gu'
);

const FORMAT = 'nanochat.tokenizer/1';
/** The pattern in the file, as Python writes it: another one would cut in other places. */
const PYTHON_SPLIT =
  "'(?i:[sdmt]|ll|re|ve)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,2}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

/** A `tokenizer.json`. Throws a sentence for a file that is not one. */
export function readTokenizer(text: string): ITokenizer {
  let file: {
    format?: unknown;
    split?: unknown;
    special_tokens?: unknown;
    merges?: unknown;
  };
  try {
    file = JSON.parse(text) as typeof file;
  } catch {
    throw unfit('it is not JSON');
  }
  if (file.format !== FORMAT || file.split !== PYTHON_SPLIT) {
    throw unfit('it is of another kind');
  }
  const { merges, special_tokens: names } = file;
  if (!Array.isArray(merges) || !Array.isArray(names)) {
    throw unfit('its merges are missing');
  }
  const tokens = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const rank = new Map<string, number>();
  for (const pair of merges) {
    const [left, right] = Array.isArray(pair)
      ? pair.map(id => tokens[Number(id)])
      : [];
    if (left === undefined || right === undefined) {
      throw unfit(`merge ${rank.size} glues what does not exist`);
    }
    rank.set(String(pair), tokens.length);
    tokens.push(Uint8Array.of(...left, ...right));
  }
  return tokenizer(tokens, rank, names.map(String));
}

function tokenizer(
  tokens: Uint8Array[],
  rank: ReadonlyMap<string, number>,
  names: readonly string[]
): ITokenizer {
  const first = tokens.length;
  const utf8 = new TextEncoder();
  names.forEach(name => tokens.push(utf8.encode(name)));
  const bytes = (id: number): Uint8Array => {
    const found = tokens[id];
    if (found === undefined) {
      throw new Error(
        `There is no token ${id}: this vocabulary has the ids 0 to ${tokens.length - 1}.`
      );
    }
    return found;
  };
  return {
    size: tokens.length,
    encode(text) {
      if (/\p{Surrogate}/u.test(text)) {
        throw new Error(
          'The text holds half a character (a lone surrogate), which has no bytes. Delete it, or type the text again.'
        );
      }
      const pieces = text.match(SPLIT) ?? [];
      return pieces.flatMap(piece => glue([...utf8.encode(piece)], rank));
    },
    bytes,
    decode(ids) {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(ids.flatMap(id => [...bytes(id)]))
      );
    },
    special(name) {
      const at = names.indexOf(name);
      return at < 0 ? undefined : first + at;
    },
    isSpecial: id => id >= first
  };
}

/** Glue the pair that was learned earliest, until none is left. */
function glue(ids: number[], rank: ReadonlyMap<string, number>): number[] {
  for (;;) {
    let best = Infinity;
    for (let n = 0; n + 1 < ids.length; n++) {
      best = Math.min(best, rank.get(`${ids[n]},${ids[n + 1]}`) ?? Infinity);
    }
    if (best === Infinity) {
      return ids;
    }
    const glued: number[] = [];
    for (let n = 0; n < ids.length; n++) {
      if (n + 1 < ids.length && rank.get(`${ids[n]},${ids[n + 1]}`) === best) {
        glued.push(best);
        n++;
      } else {
        glued.push(ids[n] as number);
      }
    }
    ids = glued;
  }
}

function unfit(reason: string): Error {
  return new Error(
    `The tokenizer of the model cannot be used: ${reason}. Copy the model's folder anew, or choose another model.`
  );
}
