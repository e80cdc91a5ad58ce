/**
 * Server-sent events read from a fetch body, which may be cut anywhere: inside a
 * line, between CR and LF, in the middle of a character. Not an EventSource (that
 * cannot POST) and no reconnecting: our streams belong to requests that end.
 */

/** Text pieces in, whole events out. Only the `data` field is used by our server. */
export class EventParser {
  /** The `data` of every event that this piece completes. */
  push(piece: string): string[] {
    const events: string[] = [];
    if (piece === '') {
      return events;
    }
    const text =
      this._rest + (this._lineFeedDue ? piece.replace(/^\n/, '') : piece);
    let start = 0;
    for (const end of text.matchAll(/\r\n|\n|\r/g)) {
      this._line(text.slice(start, end.index), events);
      start = end.index + end[0].length;
    }
    // A CR at the very end ended its line, but its LF may still be on the way.
    this._lineFeedDue = piece.endsWith('\r');
    this._rest = text.slice(start);
    return events;
  }

  private _line(line: string, events: string[]): void {
    if (line === '') {
      if (this._data.length > 0) {
        events.push(this._data.join('\n'));
        this._data = [];
      }
      return;
    }
    if (line === 'data') {
      this._data.push('');
    } else if (line.startsWith('data:')) {
      this._data.push(line.slice(line[5] === ' ' ? 6 : 5));
    }
    // Comments (keep-alive) and the other fields carry nothing for us.
  }

  private _rest = '';
  private _lineFeedDue = false;
  private _data: string[] = [];
}

/**
 * The `data` of each event of a response body, until it ends.
 *
 * An event that the end of the body cuts off is dropped, as the format asks.
 * Leaving the loop, by whatever way, cancels the reading.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>
): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      yield* parser.push(
        done ? decoder.decode() : decoder.decode(value, { stream: true })
      );
      if (done) {
        return;
      }
    }
  } finally {
    // Cancelling a body that has ended or was aborted does nothing.
    reader.cancel().catch(() => undefined);
  }
}
