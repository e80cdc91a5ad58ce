/**
 * The tokenizer of a checkpoint: its `tokenizer.json` → a vocabulary (`kit/bpe.ts` cuts and
 * glues) and the special tokens, whose ids come behind all others.
 */
import { broken, type Pair, Vocabulary } from '../bpe';

export interface ITokenizer {
  /** V: every id is below this. */
  readonly size: number;
  /** The ids of a text; never a special token. Throws for half a character. */
  encode(text: string): number[];
  /** The bytes that an id stands for; a special token gives its name. */
  bytes(id: number): readonly number[];
  /** The text of these ids; bytes that make no character become `�`. */
  decode(ids: readonly number[]): string;
  /** The id of a special token; undefined where there is none of that name. */
  special(name: string): number | undefined;
}

const FORMAT = 'nanochat.tokenizer/1';
/** The pattern in the file, as Python writes it: another one would cut in other places. */
const PYTHON_SPLIT =
  "'(?i:[sdmt]|ll|re|ve)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,2}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+";

/** A `tokenizer.json`. Throws a sentence for a file that is not one. */
export function readTokenizer(text: string): ITokenizer {
  let file: Partial<
    Record<'format' | 'split' | 'special_tokens' | 'merges', unknown>
  >;
  try {
    file = JSON.parse(text) as typeof file;
  } catch {
    throw unfit('it is not JSON');
  }
  const { format, split, merges, special_tokens: names } = file;
  if (format !== FORMAT || split !== PYTHON_SPLIT) {
    throw unfit('it is of another kind');
  }
  if (!Array.isArray(merges) || !Array.isArray(names)) {
    throw unfit('its merges are missing');
  }
  const odd = merges.findIndex(
    (pair: unknown, n) =>
      !Array.isArray(pair) ||
      pair.length !== 2 ||
      !pair.every(id => Number.isInteger(id) && id >= 0 && id < 256 + n)
  );
  if (odd >= 0) {
    throw unfit(`merge ${odd} glues what does not exist`);
  }
  return tokenizer(new Vocabulary(merges as Pair[]), names.map(String));
}

function tokenizer(
  vocabulary: Vocabulary,
  names: readonly string[]
): ITokenizer {
  const first = 256 + vocabulary.merges.length;
  const size = first + names.length;
  const utf8 = new TextEncoder();
  const bytes = (id: number): readonly number[] => {
    if (!(id >= 0 && id < size)) {
      throw new Error(
        `There is no token ${id}: this vocabulary has the ids 0 to ${size - 1}.`
      );
    }
    const name = names[id - first];
    return name === undefined ? vocabulary.bytes(id) : [...utf8.encode(name)];
  };
  return {
    size,
    encode(text) {
      if (broken(text)) {
        throw new Error(
          'The text holds half a character (a lone surrogate), which has no bytes. Delete it, or type the text again.'
        );
      }
      return vocabulary.encode(text);
    },
    bytes,
    decode(ids) {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(ids.flatMap(bytes))
      );
    },
    special(name) {
      const at = names.indexOf(name);
      return at < 0 ? undefined : first + at;
    }
  };
}

function unfit(reason: string): Error {
  return new Error(
    `The tokenizer of the model cannot be used: ${reason}. Copy the model's folder anew, or choose another model.`
  );
}
