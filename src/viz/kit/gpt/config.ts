/**
 * The sizes of a model, as `meta.json` beside its weights tells them: what
 * `nanochat/config.py` calls GPTConfig. Nothing is assumed: a size that is missing is an error.
 */
export interface IConfig {
  readonly sequence_len: number;
  readonly vocab_size: number;
  readonly n_layer: number;
  readonly n_head: number;
  readonly n_kv_head: number;
  readonly n_embd: number;
  readonly activation: 'relu2' | 'swiglu';
  readonly window_pattern: string;
  readonly rope_base: number;
  readonly attention_bound: number;
  readonly logit_softcap: number;
}

const SIZES = [
  'sequence_len',
  'vocab_size',
  'n_layer',
  'n_head',
  'n_kv_head',
  'n_embd'
] as const;
const NUMBERS = ['rope_base', 'attention_bound', 'logit_softcap'] as const;

/** The `config` of a `meta.json`. Throws a sentence that names what is missing or wrong. */
export function readConfig(text: string): IConfig {
  let given: Record<string, unknown>;
  try {
    const meta = JSON.parse(text) as { config?: Record<string, unknown> };
    given = meta.config ?? {};
  } catch {
    throw unfit('it is not JSON');
  }
  for (const name of [...SIZES, ...NUMBERS]) {
    const value = given[name];
    const whole = !(SIZES as readonly string[]).includes(name);
    if (
      typeof value !== 'number' ||
      !(value > 0) ||
      !(whole || Number.isInteger(value))
    ) {
      throw unfit(`${name} is ${String(value)}`);
    }
  }
  if (given.activation !== 'relu2' && given.activation !== 'swiglu') {
    throw unfit(`activation is ${String(given.activation)}`);
  }
  if (!/^[LS]+$/.test(String(given.window_pattern))) {
    throw unfit(`window_pattern is ${String(given.window_pattern)}`);
  }
  const config = given as unknown as IConfig;
  if (
    headWidth(config) % 2 !== 0 ||
    !Number.isInteger(config.n_head / config.n_kv_head)
  ) {
    throw unfit('its heads do not fit its width');
  }
  return config;
}

/** D, the width of one head. */
export function headWidth({ n_embd, n_head }: IConfig): number {
  return n_embd / n_head;
}

/** F, how wide the MLP is inside; as `GPTConfig.mlp_width`. */
export function mlpWidth({ n_embd, activation }: IConfig): number {
  return activation === 'relu2' ? 4 * n_embd : 8 * Math.ceil(n_embd / 3);
}

/** How many places each layer sees, its own included; as `GPTConfig.windows`. */
export function windows({
  n_layer,
  sequence_len,
  window_pattern
}: IConfig): number[] {
  return Array.from({ length: n_layer }, (_, layer) => {
    const letter = window_pattern[layer % window_pattern.length];
    return letter === 'L' || layer === n_layer - 1
      ? sequence_len
      : Math.ceil(sequence_len / 4);
  });
}

function unfit(reason: string): Error {
  return new Error(
    `The meta.json of the model cannot be used: ${reason}. Copy the model's folder anew, or choose another model.`
  );
}
