/** Text in which what stands between backticks is code. Text stays text: nothing is parsed as HTML. */
import * as React from 'react';

export function withCode(text: string): React.ReactNode[] {
  const parts = text.split('`');
  // A backtick without its partner is a backtick.
  const whole = parts.length % 2 === 0 ? parts.length - 2 : parts.length - 1;
  return parts.map((part, n) =>
    n > whole ? `\`${part}` : n % 2 === 1 ? <code key={n}>{part}</code> : part
  );
}
