/** The body of a trace in a notebook's output, checked before it is believed. Pure. */

import { TRACE_FORMAT } from '../api/types.gen';

/** What is shown of it. */
export interface IShown {
  readonly name: string;
  /** Whether it lies among the traces of its workspace. */
  readonly here: boolean;
  readonly model: string;
  readonly steps: number;
  readonly phases: readonly (readonly [string, number])[];
  readonly text: string;
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,79}$/;

type Table = Readonly<Record<string, unknown>>;

/** null for anything but a `TraceOutput` of this version. */
export function outputOf(data: unknown): IShown | null {
  const body = table(data);
  const summary = table(body?.summary);
  const model = table(summary?.model);
  if (
    body?.format !== TRACE_FORMAT ||
    typeof body.name !== 'string' ||
    !NAME.test(body.name) ||
    typeof summary?.steps !== 'number' ||
    typeof model?.kind !== 'string'
  ) {
    return null;
  }
  const phases = Array.isArray(summary.phases) ? summary.phases : [];
  const texts = Array.isArray(summary.texts) ? summary.texts : [];
  return {
    name: body.name,
    here: body.path === `traces/${body.name}`,
    model: model.kind,
    steps: summary.steps,
    phases: phases.filter(
      (pair): pair is [string, number] =>
        Array.isArray(pair) &&
        typeof pair[0] === 'string' &&
        typeof pair[1] === 'number'
    ),
    text: texts.filter(text => typeof text === 'string').join('')
  };
}

function table(value: unknown): Table | null {
  return typeof value === 'object' && value !== null ? (value as Table) : null;
}
