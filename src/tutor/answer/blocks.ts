/**
 * Markdown that is still growing → blocks that are finished and one that grows, so that
 * only the last is drawn again. Pure text. The finished answer is drawn once as a whole:
 * what spans blocks (a loose list, a reference) is right then.
 */

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** A citation or link whose end has not come yet. */
const OPEN_END = /(?:\[\[[^\]\n]*\]?|!?\[[^\]\n]{0,200}\]\([^)\n]*)$/;

/** The blocks, in order; joined by blank lines they read as before. */
export function blocksOf(markdown: string): string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence = '';
  let math = false;
  const flush = (): void => {
    if (lines.length > 0) {
      blocks.push(lines.join('\n'));
      lines = [];
    }
  };
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence !== '') {
      if (mark.startsWith(fence) && /^[\s`~]*$/.test(line)) {
        fence = '';
      }
    } else if (mark !== '') {
      fence = mark;
    } else if ((line.split('$$').length - 1) % 2 === 1) {
      math = !math;
    } else if (line.trim() === '' && !math) {
      flush();
      continue;
    }
    lines.push(line);
  }
  flush();
  return blocks;
}

/** Without a link or citation that is cut off at the end. */
export function withoutOpenEnd(markdown: string): string {
  return markdown.replace(OPEN_END, '');
}
