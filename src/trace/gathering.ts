/** Keys and values are recorded where they are new: here those of all steps come together. */
import type { OpenTrace } from './open-trace';
import { type ITensor, matrixAt } from './tensor';

/** This tensor of this step and of the steps before it, from the beginning of the text on. */
export async function earlierToo(
  trace: OpenTrace,
  step: number,
  name: string
): Promise<ITensor[] | null> {
  const parts: ITensor[] = [];
  const last = trace.steps[step];
  let wanted = last.position + last.length;
  for (let n = step; wanted > 0; n--) {
    const here = trace.steps[n];
    const record = here?.tensors.find(tensor => tensor.name === name);
    if (
      here === undefined ||
      record?.kept !== 'values' ||
      here.position + here.length !== wanted ||
      record.shape.at(-2) !== here.length
    ) {
      return null;
    }
    parts.unshift(await trace.numbers(here.step, name));
    wanted = here.position;
  }
  return parts;
}

/** (heads, all positions, width), of one row of the batch, as (B, heads, T, width) came. */
export function joined(parts: readonly ITensor[], row: number): ITensor {
  const [, heads, , width] = parts[0].shape;
  const positions = parts.reduce((all, { shape }) => all + shape[2], 0);
  const values = new Float32Array(heads * positions * width);
  for (let head = 0; head < heads; head++) {
    let at = head * positions * width;
    for (const part of parts) {
      const table = matrixAt(part, [row, head]);
      values.set(table.values, at);
      at += table.values.length;
    }
  }
  return { shape: [heads, positions, width], values, computed: false };
}
