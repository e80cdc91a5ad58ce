/**
 * Which lines of a text the recorded ones are. A line is known by its text, not by its
 * number: what was inserted above it moves it, and another text in its place is stale.
 */
import type { LineRecord, NewestLines, TracedSource } from '../api/types.gen';
import type { ISource } from '../state/documents';

/** As many letters of a line as a trace keeps. */
const LONGEST_LINE = 200;

/** The lines of a document, counted from 1, as CodeMirror has them. */
export interface ILines {
  readonly lines: number;
  line(number: number): { readonly text: string };
}

export interface IPlaced {
  /** From 1. */
  readonly line: number;
  readonly record: LineRecord;
  /** The line has another text by now. */
  readonly stale: boolean;
}

/** A line as traces keep it. */
export function keptText(line: string): string {
  const text = line.trim();
  return text.length <= LONGEST_LINE
    ? text
    : [...text].slice(0, LONGEST_LINE).join('');
}

/**
 * What was recorded of a file, or of a cell: a cell by its id, else, where the kernel
 * did not know it, by its text.
 */
export function sourceOf(
  { prefix, lines }: NewestLines,
  { path, cell }: ISource,
  text: () => string
): TracedSource | null {
  const sources = lines?.sources ?? [];
  if (cell === null) {
    const before = prefix === '' ? '' : `${prefix}/`;
    return (
      sources.find(
        ({ file_path }) => file_path !== '' && `${before}${file_path}` === path
      ) ?? null
    );
  }
  const cells = sources.filter(({ file_path }) => file_path === '');
  const own = cells.filter(source => source.cell === cell);
  if (own.length === 0 && cells.every(source => source.cell !== null)) {
    return null;
  }
  const hash = fnv1a(text().replace(/\n+$/, ''));
  // A cell that was edited and run again inside one trace is there twice.
  return (
    own.find(({ source_hash }) => source_hash === hash) ??
    own.at(-1) ??
    cells.find(source => source.cell === null && source.source_hash === hash) ??
    null
  );
}

/** Each recorded line where its text stands now; what is gone is left out. */
export function place(doc: ILines, records: readonly LineRecord[]): IPlaced[] {
  const placed: IPlaced[] = [];
  let where: Map<string, number[]> | undefined;
  let moved = 0;
  let last = 0;
  for (const record of [...records].sort((one, two) => one.line - two.line)) {
    const expected = record.line + moved;
    const here =
      expected > last && expected <= doc.lines
        ? doc.line(expected).text
        : undefined;
    let line = expected;
    let stale = false;
    if (here === undefined || keptText(here) !== record.text) {
      where ??= linesByText(doc);
      const found = nearest(where.get(record.text) ?? [], expected, last);
      if (found !== null) {
        line = found;
        moved = found - record.line;
      } else if (here !== undefined && mentions(here, record)) {
        stale = true;
      } else {
        continue;
      }
    }
    placed.push({ line, record, stale });
    last = line;
  }
  return placed;
}

function linesByText(doc: ILines): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let line = 1; line <= doc.lines; line++) {
    const text = keptText(doc.line(line).text);
    const same = found.get(text);
    if (same === undefined) {
      found.set(text, [line]);
    } else {
      same.push(line);
    }
  }
  return found;
}

function nearest(
  lines: readonly number[],
  expected: number,
  after: number
): number | null {
  let best: number | null = null;
  for (const line of lines) {
    if (
      line > after &&
      (best === null || Math.abs(line - expected) < Math.abs(best - expected))
    ) {
      best = line;
    }
  }
  return best;
}

/** Whether a line that has changed still speaks of what it assigned. */
function mentions(text: string, { values }: LineRecord): boolean {
  const words = text.split(/[^\p{L}\p{N}_]+/u);
  return values.some(({ name }) => words.includes(name));
}

/**
 * The line on which a statement ends, by its brackets: enough to see that somebody edits
 * the second line of a call. Strings and comments are passed over.
 */
export function statementEnd(doc: ILines, first: number): number {
  const most = Math.min(first + 60, doc.lines);
  let open = 0;
  for (let line = first; line <= most; line++) {
    const text = doc
      .line(line)
      .text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '')
      .replace(/#.*$/, '');
    for (const sign of text) {
      if ('([{'.includes(sign)) {
        open++;
      } else if (')]}'.includes(sign)) {
        open--;
      }
    }
    if (open <= 0 && !text.endsWith('\\')) {
      return line;
    }
  }
  return first;
}

/** The hash that the kernel takes of a source: FNV-1a, 32 bits, of UTF-8. */
export function fnv1a(text: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    value = Math.imul(value ^ byte, 0x01000193);
  }
  return (value >>> 0).toString(16).padStart(8, '0');
}
