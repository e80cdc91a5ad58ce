/** The error of a cell, as text without colours. Pure. */

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

export function withoutColours(traceback: string): string {
  return traceback.replace(COLOURS, '').trim();
}

/** `cell` is a cell as the notebook file has it; '' where nothing failed. */
export function errorOf(cell: object): string {
  const outputs: unknown = 'outputs' in cell ? cell.outputs : [];
  for (const output of Array.isArray(outputs) ? outputs : []) {
    if (output.output_type === 'error') {
      const lines: string[] = output.traceback ?? [];
      const text = withoutColours(lines.join('\n'));
      return text || `${output.ename}: ${output.evalue}`;
    }
  }
  return '';
}
