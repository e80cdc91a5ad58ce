/** What the names of a trace's tensors say: layers, heads, which tensor a step offers. Pure. */
import type { TraceManifest, TracePoint, TraceStep } from '../api/types.gen';

export interface IOffered {
  readonly name: string;
  /** null: it can be worked out, but has no record of its own. */
  readonly kept: 'values' | 'top_k' | 'statistics' | 'dropped' | null;
}

/** `blocks.2.attn.q` → 2; null for a tensor outside the layers. */
export function layerOf(name: string): number | null {
  const found = /^blocks\.(\d+)\./.exec(name);
  return found === null ? null : Number(found[1]);
}

export function patternName(layer: number): string {
  return `blocks.${layer}.attn.pattern`;
}

/** The tensors of a step, in the order of the model, with the patterns that can be worked out. */
export function offered(manifest: TraceManifest, step: TraceStep): IOffered[] {
  const names = new Map(
    step.tensors.map(r => [r.name, r.kept as IOffered['kept']])
  );
  const found: IOffered[] = [];
  for (const [name, kept] of names) {
    found.push({ name, kept });
    const layer = layerOf(name);
    if (
      layer !== null &&
      name.endsWith('.attn.k') &&
      kept === 'values' &&
      names.get(name.replace(/k$/, 'q')) === 'values' &&
      !names.has(patternName(layer)) &&
      'attention_bound' in manifest.model.config
    ) {
      found.push({ name: patternName(layer), kept: null });
    }
  }
  return found;
}

/** Layers whose attention can be shown, in order. */
export function patternLayers(all: readonly IOffered[]): number[] {
  return all
    .filter(
      ({ name, kept }) =>
        name.endsWith('.attn.pattern') && (kept === 'values' || kept === null)
    )
    .map(({ name }) => layerOf(name))
    .filter((layer): layer is number => layer !== null)
    .sort((a, b) => a - b);
}

export function pointOf(
  manifest: TraceManifest,
  name: string
): TracePoint | undefined {
  return manifest.points.find(point => point.name === name);
}

/** What each direction counts: as the trace says, else its number. */
export function axesOf(
  manifest: TraceManifest,
  name: string,
  shape: readonly number[]
): string[] {
  const known = name.endsWith('.attn.pattern')
    ? ['batch', 'head', 'query', 'key']
    : (pointOf(manifest, name)?.axes ?? []);
  return known.length === shape.length
    ? [...known]
    : shape.map((_, n) => `axis ${n}`);
}

export interface IToken {
  readonly id: number;
  /** null where the trace has no text for it. */
  readonly text: string | null;
}

/**
 * All tokens that a row had been given up to the end of this step, from the first on;
 * `at` counts recorded steps. A step that was not recorded leaves a gap: null.
 */
export function tokensUpTo(
  steps: readonly TraceStep[],
  at: number,
  row: number
): (IToken | null)[] {
  const parts: (IToken | null)[] = [];
  const last = steps[at];
  if (last === undefined) {
    return parts;
  }
  let wanted = last.position + last.length;
  for (let n = at; n >= 0 && wanted > 0; n--) {
    const step = steps[n];
    if (step.position + step.length > wanted) {
      break; // another text
    }
    while (wanted > step.position + step.length) {
      parts.unshift(null);
      wanted--;
    }
    // Rows that ended leave the batch: then only the step's own rows are known.
    const texts = step.texts[row] ?? [];
    const ids = step.tokens[row] ?? [];
    const here = Array.from({ length: step.length }, (_, k) =>
      ids[k] === undefined ? null : { id: ids[k], text: texts[k] ?? null }
    );
    parts.unshift(...here);
    wanted = step.position;
  }
  while (wanted > 0) {
    parts.unshift(null);
    wanted--;
  }
  return parts;
}

/** A token as people read it: blanks and line ends made visible. */
export function written(token: IToken | null, place: number): string {
  if (token === null) {
    return `#${place}`;
  }
  return (
    (token.text ?? `${token.id}`).replace(/\n/g, '⏎').replace(/^ /, '␣') || '∅'
  );
}

/**
 * Where in the text a row or column stands, for directions that count tokens; else its number.
 * A table of fewer rows than tokens holds the newest; keys are counted from the first.
 */
export function placeOf(
  axis: string,
  n: number,
  length: number,
  tokens: number
): number {
  return axis === 'position' || axis === 'query'
    ? Math.max(tokens - length, 0) + n
    : n;
}

/** Names of the rows or columns of a table: tokens where the direction counts them. */
export function labels(
  axis: string,
  length: number,
  tokens: readonly (IToken | null)[]
): string[] {
  const counts = axis === 'position' || axis === 'query' || axis === 'key';
  return Array.from({ length }, (_, n) => {
    const place = placeOf(axis, n, length, tokens.length);
    return counts && place in tokens
      ? written(tokens[place], place)
      : String(n);
  });
}
