import { describe, expect, it } from 'vitest';

import { EventParser, readEvents } from './stream';

/** A small fixed generator, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function cut<T extends string | Uint8Array>(whole: T, next: () => number): T[] {
  const pieces: T[] = [];
  let start = 0;
  while (start < whole.length) {
    const end = start + 1 + Math.floor(next() * 5);
    pieces.push(whole.slice(start, end) as T);
    start = end;
  }
  return pieces;
}

function body(pieces: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      pieces.forEach(piece => controller.enqueue(piece));
      controller.close();
    }
  });
}

async function all(events: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const event of events) {
    found.push(event);
  }
  return found;
}

const EVENTS = ['{"a":1}', 'zwei\nZeilen', '', 'é 🎲 “done”', '{"b": ": x"}'];

function encoded(newline: string): string {
  return EVENTS.map(
    (event, n) =>
      (n % 2 ? `: still here${newline}event: progress${newline}` : '') +
      event
        .split('\n')
        .map(line => `data: ${line}${newline}`)
        .join('') +
      newline
  ).join('');
}

describe('EventParser', () => {
  it.each(['\n', '\r\n', '\r'])('reads the same however it is cut (%j)', nl => {
    for (let seed = 1; seed <= 200; seed++) {
      const parser = new EventParser();
      const found = cut(encoded(nl), random(seed)).flatMap(piece =>
        parser.push(piece)
      );
      expect(found).toEqual(EVENTS);
    }
  });

  it('takes CR and LF from two pieces as one line end', () => {
    const parser = new EventParser();
    expect(parser.push('data: a\r')).toEqual([]);
    expect(parser.push('\n')).toEqual([]);
    expect(parser.push('')).toEqual([]);
    expect(parser.push('\r\n')).toEqual(['a']);
  });

  it('reads a field without the space, and keeps further spaces', () => {
    const parser = new EventParser();
    expect(parser.push('data:a\ndata:  b\n\n')).toEqual(['a\n b']);
  });

  it('drops an event that never ended', () => {
    const parser = new EventParser();
    expect(parser.push('data: whole\n\ndata: half\n')).toEqual(['whole']);
  });
});

describe('readEvents', () => {
  it('reads bytes cut inside characters', async () => {
    const bytes = new TextEncoder().encode(encoded('\r\n'));
    for (let seed = 1; seed <= 50; seed++) {
      const pieces = cut(bytes, random(seed));
      expect(await all(readEvents(body(pieces)))).toEqual(EVENTS);
    }
  });

  it('stops the sender when the reader leaves', async () => {
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: controller =>
        controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => {
        cancelled = true;
      }
    });
    for await (const event of readEvents(endless)) {
      expect(event).toBe('x');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
