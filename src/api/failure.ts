/**
 * What went wrong, as a sentence with a next step. Not a place for recovery:
 * whoever shows it decides what to offer.
 */
import type { Failure } from './types.gen';

/** Every failure of the server door: unreachable, refused, not understood, stopped. */
export class ApiError extends Error {
  constructor(
    /** What happened. */
    readonly sentence: string,
    /** What to do next; may be empty. */
    readonly hint: string,
    /** Stable and machine-readable: `no_workspace`, `busy`, `offline`, … */
    readonly code: string,
    /** The HTTP status; 0 where no answer came. */
    readonly status: number
  ) {
    super(hint ? `${sentence} ${hint}` : sentence);
    this.name = 'ApiError';
  }

  static of(failure: Failure, status: number): ApiError {
    return new ApiError(failure.sentence, failure.hint, failure.code, status);
  }

  /** Any thrown value as an `ApiError`, so that a panel has one thing to show. */
  static from(thrown: unknown): ApiError {
    if (thrown instanceof ApiError) {
      return thrown;
    }
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new ApiError(text, '', 'unexpected', 0);
  }
}

/** Is this parsed JSON the body that our server sends with every error? */
export function isFailure(body: unknown): body is Failure {
  if (typeof body !== 'object' || body === null) {
    return false;
  }
  const fields = body as Record<string, unknown>;
  return (
    typeof fields.code === 'string' &&
    typeof fields.sentence === 'string' &&
    typeof fields.hint === 'string'
  );
}
