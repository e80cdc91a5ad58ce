/**
 * The forward pass of `nanochat/gpt.py` for one token at a time, with the keys and values of
 * the tokens before it kept: one token in, a score for every possible next token out. Sums
 * are made in 64 bits or by `matrices.ts`, lists are kept in 32.
 */
import { headWidth, type IConfig, mlpWidth, windows } from './config';
import type { IMatrices, Multiply } from './matrices';
import type { IWeight } from './safetensors';

interface ILayer {
  readonly qkv: Multiply;
  readonly project: Multiply;
  readonly widen: Multiply;
  readonly narrow: Multiply;
  readonly window: number;
  /** Of every place read so far: (T, H·D), (T, Hk·D), (T, Hk·D). */
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
}

/** What `F.rms_norm` adds to the mean square: the gap between 1 and the next 32-bit number. */
const EPSILON = 2 ** -23;

export class Gpt {
  /** Throws a sentence when a weight is missing, or has another shape than the config says. */
  constructor(
    readonly config: IConfig,
    weights: ReadonlyMap<string, IWeight>,
    matrices: IMatrices
  ) {
    const { n_embd: C, n_head, n_kv_head, n_layer, vocab_size: V } = config;
    const T = config.sequence_len;
    const D = headWidth(config);
    const F = mlpWidth(config);
    const matrix = (name: string, rows: number, columns: number): Multiply =>
      matrices.add(fitting(weights, name, [rows, columns]), rows, columns);
    this._embedding = fitting(weights, 'wte.weight', [V, C]);
    this._head = matrix('lm_head.weight', V, C);
    const gates = config.activation === 'swiglu' ? 2 : 1;
    const reach = windows(config);
    this._layers = Array.from({ length: n_layer }, (_, n): ILayer => {
      const named = (part: string): string => `blocks.${n}.${part}.weight`;
      return {
        qkv: matrix(named('attn.c_qkv'), (n_head + 2 * n_kv_head) * D, C),
        project: matrix(named('attn.c_proj'), C, C),
        widen: matrix(named('mlp.c_fc'), gates * F, C),
        narrow: matrix(named('mlp.c_proj'), C, F),
        window: reach[n] as number,
        q: new Float32Array(T * n_head * D),
        k: new Float32Array(T * n_kv_head * D),
        v: new Float32Array(T * n_kv_head * D)
      };
    });
    const room = Math.max((n_head + 2 * n_kv_head) * D, gates * F, C);
    this._x = new Float32Array(C);
    this._normed = new Float32Array(C);
    this._wide = new Float32Array(room);
    this._narrow = new Float32Array(Math.max(F, C));
    this._shares = new Float32Array(T);
    [this._cos, this._sin] = rotaryTables(T, D, config.rope_base);
  }

  /** How many tokens have been read. */
  get length(): number {
    return this._length;
  }

  /** Take back everything after the first `length` tokens, to read something else there. */
  rewind(length: number): void {
    this._length = Math.min(this._length, Math.max(length, 0));
  }

  /** Read the next token; the scores of all V tokens to follow it. Throws when it is full. */
  read(token: number): Float32Array {
    const { config, _x: x, _normed: normed, _wide: wide } = this;
    const { n_embd: C, vocab_size: V, logit_softcap: cap } = config;
    const place = this._length;
    if (place >= config.sequence_len) {
      throw new Error(
        `This model reads at most ${config.sequence_len} tokens. Shorten the text.`
      );
    }
    if (!(token >= 0 && token < V)) {
      throw new Error(`There is no token ${token}: ids go from 0 to ${V - 1}.`);
    }
    norm(this._embedding.subarray(token * C, (token + 1) * C), x);
    for (const layer of this._layers) {
      norm(x, normed);
      layer.qkv(normed, wide);
      this._keep(layer, place);
      this._gather(layer, place);
      layer.project(this._narrow, normed);
      add(x, normed);
      norm(x, normed);
      layer.widen(normed, wide);
      this._bend();
      layer.narrow(this._narrow, normed);
      add(x, normed);
    }
    norm(x, normed);
    const logits = new Float32Array(V);
    this._head(normed, logits);
    for (let n = 0; n < V; n++) {
      logits[n] = cap * Math.tanh((logits[n] as number) / cap);
    }
    this._length = place + 1;
    return logits;
  }

  /** What a place that was read takes from each place up to itself, in one head: shares. */
  attention(layer: number, head: number, place: number): Float32Array {
    const shares = new Float32Array(place + 1);
    this._attend(this._layers[layer] as ILayer, head, place, shares);
    return shares;
  }

  /** Turn and rescale queries and keys (RoPE, then a common length), and keep all three. */
  private _keep({ q, k, v }: ILayer, place: number): void {
    const { n_head, n_kv_head } = this.config;
    const D = headWidth(this.config);
    const { _wide: wide } = this;
    for (let head = 0; head < n_head + n_kv_head; head++) {
      const list = wide.subarray(head * D, (head + 1) * D);
      this._turn(list, place);
      norm(list, list);
    }
    const [queries, keys] = [n_head * D, n_kv_head * D];
    q.set(wide.subarray(0, queries), place * queries);
    k.set(wide.subarray(queries, queries + keys), place * keys);
    v.set(wide.subarray(queries + keys, queries + 2 * keys), place * keys);
  }

  /** Number i of the first half and number i of the second turn as a pair. */
  private _turn(list: Float32Array, place: number): void {
    const half = list.length / 2;
    for (let i = 0; i < half; i++) {
      const cos = this._cos[place * half + i] as number;
      const sin = this._sin[place * half + i] as number;
      const [a, b] = [list[i] as number, list[half + i] as number];
      list[i] = a * cos - b * sin;
      list[half + i] = a * sin + b * cos;
    }
  }

  /** The sum of the values in those shares, head beside head, into `_narrow`. */
  private _gather(layer: ILayer, place: number): void {
    const { n_head, n_kv_head } = this.config;
    const D = headWidth(this.config);
    const { _shares: shares, _narrow: out } = this;
    out.fill(0);
    for (let head = 0; head < n_head; head++) {
      this._attend(layer, head, place, shares);
      const kvHead = Math.floor((head * n_kv_head) / n_head);
      for (let at = first(layer, place); at <= place; at++) {
        const share = shares[at] as number;
        const from = (at * n_kv_head + kvHead) * D;
        for (let i = 0; i < D; i++) {
          out[head * D + i]! += share * (layer.v[from + i] as number);
        }
      }
    }
  }

  /** Dot products times the scale, and softmax over what the window shows. */
  private _attend(
    layer: ILayer,
    head: number,
    place: number,
    shares: Float32Array
  ): void {
    const { n_head, n_kv_head, attention_bound } = this.config;
    const D = headWidth(this.config);
    const kvHead = Math.floor((head * n_kv_head) / n_head);
    const query = (place * n_head + head) * D;
    const begin = first(layer, place);
    let top = -Infinity;
    for (let at = begin; at <= place; at++) {
      const key = (at * n_kv_head + kvHead) * D;
      let dot = 0;
      for (let i = 0; i < D; i++) {
        dot += (layer.q[query + i] as number) * (layer.k[key + i] as number);
      }
      const score = dot * (attention_bound / D);
      shares[at] = score;
      top = Math.max(top, score);
    }
    let total = 0;
    for (let at = begin; at <= place; at++) {
      const power = Math.exp((shares[at] as number) - top);
      shares[at] = power;
      total += power;
    }
    for (let at = begin; at <= place; at++) {
      shares[at]! /= total;
    }
  }

  /** ReLU², or with a gate SwiGLU: from `_wide` into `_narrow`. */
  private _bend(): void {
    const { _wide: wide, _narrow: bent } = this;
    const F = mlpWidth(this.config);
    for (let n = 0; n < F; n++) {
      const value = wide[n] as number;
      bent[n] =
        this.config.activation === 'relu2'
          ? Math.max(value, 0) ** 2
          : (value / (1 + Math.exp(-value))) * (wide[F + n] as number);
    }
  }

  private readonly _embedding: Float32Array;
  private readonly _head: Multiply;
  private readonly _layers: readonly ILayer[];
  private readonly _cos: Float32Array;
  private readonly _sin: Float32Array;
  private readonly _x: Float32Array;
  private readonly _normed: Float32Array;
  private readonly _wide: Float32Array;
  private readonly _narrow: Float32Array;
  private readonly _shares: Float32Array;
  private _length = 0;
}

/** The first place that a query at `place` sees. */
function first({ window }: ILayer, place: number): number {
  return Math.max(place - window + 1, 0);
}

/** RMSNorm: the same direction, mean square 1. */
function norm(from: Float32Array, to: Float32Array): void {
  let squares = 0;
  for (let n = 0; n < from.length; n++) {
    squares += (from[n] as number) ** 2;
  }
  const scale = 1 / Math.sqrt(squares / from.length + EPSILON);
  for (let n = 0; n < from.length; n++) {
    to[n] = (from[n] as number) * scale;
  }
}

function add(to: Float32Array, what: Float32Array): void {
  for (let n = 0; n < to.length; n++) {
    to[n]! += what[n] as number;
  }
}

/** Cosine and sine of every angle, (T, D/2); worked out in 64 bits, as in `gpt.py`. */
function rotaryTables(
  length: number,
  width: number,
  base: number
): [Float32Array, Float32Array] {
  const half = width / 2;
  const angle = (_: unknown, n: number): number =>
    Math.floor(n / half) * base ** ((-2 * (n % half)) / width);
  const angles = Array.from({ length: length * half }, angle);
  return [
    Float32Array.from(angles, Math.cos),
    Float32Array.from(angles, Math.sin)
  ];
}

function fitting(
  weights: ReadonlyMap<string, IWeight>,
  name: string,
  shape: readonly number[]
): Float32Array {
  const found = weights.get(name);
  if (found?.shape.join() !== shape.join()) {
    throw new Error(
      `The weights do not fit the model: ${name} is ${found ? `(${found.shape.join(', ')})` : 'missing'}, but (${shape.join(', ')}) is needed. Copy the model's folder anew.`
    );
  }
  return found.data;
}
