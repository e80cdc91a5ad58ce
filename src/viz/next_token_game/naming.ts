/** Tokens as one can see them: white space gets a sign. */
export function visible(text: string): string {
  return text
    .replaceAll(' ', '␣')
    .replaceAll('\n', '⏎')
    .replaceAll('\r', '␍')
    .replaceAll('\t', '⇥');
}

/** So much of a long text is said. */
const TAIL = 60;

/** The end of a text, for a sentence about what follows. */
export function tail(text: string): string {
  return text.length > TAIL ? `…${text.slice(-TAIL)}` : text;
}
