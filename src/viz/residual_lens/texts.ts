/** The mark that stands for bytes which are no whole character. */
const BROKEN = '\ufffd';

/**
 * A token as people read it: blanks and line ends made visible, never empty. A piece of a
 * character has no text of its own: it is told by its number.
 */
export function tokenText(id: number, name: string): string {
  return name.includes(BROKEN) || (/^\p{Cc}/u.test(name) && name !== '\n')
    ? `#${id}`
    : name.replace(/\n/g, '⏎').replace(/^ /, '␣') || '∅';
}
