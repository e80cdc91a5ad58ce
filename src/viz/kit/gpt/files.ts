/**
 * A model as its host hands it over: the files of a checkpoint folder as bytes. Opens them;
 * where they come from (a server, a kernel, a file beside the page) is the host's affair.
 */
import { readConfig } from './config';
import { Gpt } from './forward';
import { type IMatrices, plainMatrices } from './matrices';
import { readWeights } from './safetensors';
import { type ITokenizer, readTokenizer } from './tokenizer';
import { wasmMatrices } from './wasm';

export interface IModelFiles {
  readonly name: string;
  /** By file name, as in the checkpoint's folder. */
  readonly files: Readonly<Record<string, DataView>>;
}

export interface IOpened {
  readonly name: string;
  readonly gpt: Gpt;
  readonly tokenizer: ITokenizer;
  /** How many numbers it has learned. */
  readonly weights: number;
  readonly kind: IMatrices['kind'];
}

/** The files a model consists of. */
const META = 'meta.json';
const TOKENIZER = 'tokenizer.json';
const WEIGHTS = 'model.safetensors';

/** What stands in a picture's input; null where no files came (yet). */
export function modelFiles(value: unknown): IModelFiles | null {
  const given = (value ?? null) as Partial<IModelFiles> | null;
  return typeof given === 'object' && given?.files !== undefined
    ? { name: String(given.name ?? ''), files: given.files }
    : null;
}

/**
 * In WebAssembly where the page may use it, else in JavaScript; `make` chooses for tests.
 * Throws a sentence for files that are missing, damaged or of different models.
 */
export function openModel(
  { name, files }: IModelFiles,
  make?: () => IMatrices
): IOpened {
  const file = (wanted: string): DataView => {
    const found = files[wanted];
    if (!(found instanceof DataView)) {
      throw new Error(
        `${wanted} of the model ${name} is missing. Load it again.`
      );
    }
    return found;
  };
  const text = (wanted: string): string =>
    new TextDecoder().decode(file(wanted));
  const config = readConfig(text(META));
  const tokenizer = readTokenizer(text(TOKENIZER));
  if (tokenizer.size !== config.vocab_size) {
    throw new Error(
      `The tokenizer has ${tokenizer.size} tokens, but the model was trained for ${config.vocab_size}. One of the files belongs to another model: copy its folder anew.`
    );
  }
  const weights = readWeights(file(WEIGHTS));
  const build = (matrices: IMatrices): [Gpt, IMatrices['kind']] => [
    new Gpt(config, weights, matrices),
    matrices.kind
  ];
  const [gpt, kind] = make ? build(make()) : fastest(build);
  const count = [...weights.values()].reduce(
    (sum, { data }) => sum + data.length,
    0
  );
  return { name, gpt, tokenizer, weights: count, kind };
}

/** Old browsers have no WebAssembly, and the rules of a page may forbid it. */
function fastest<T>(build: (matrices: IMatrices) => T): T {
  try {
    return build(wasmMatrices());
  } catch {
    return build(plainMatrices()); // what is wrong with the weights is told here, too
  }
}
