/** The body of a lesson's output, checked before it is believed. Pure. */
import type { LessonOutput } from '../api/types.gen';

type Table = Readonly<Record<string, unknown>>;
type Check = (value: unknown) => boolean;

const LESSON = /^\d\d_[a-z0-9_]+$/;
const ITEM = /^[a-z][a-z0-9_]{0,59}$/;
const PICTURE = /^[a-z0-9_]+$/;
const WIDTHS: Readonly<Record<string, number>> = {
  float32: 4,
  float64: 8,
  int32: 4
};

const text: Check = value => typeof value === 'string';
const flag: Check = value => typeof value === 'boolean';
const number: Check = value => typeof value === 'number';
const count: Check = value => Number.isInteger(value) && Number(value) >= 0;
const maybe =
  (check: Check): Check =>
  value =>
    value === null || value === undefined || check(value);
const list =
  (check: Check): Check =>
  value =>
    Array.isArray(value) && value.every(check);
const rows =
  (fields: Readonly<Record<string, Check>>): Check =>
  value =>
    isTable(value) && has(value, fields);
const values =
  (check: Check): Check =>
  value =>
    isTable(value) && Object.values(value).every(check);

const ITEM_OF = {
  lesson: (value: unknown) => text(value) && LESSON.test(value as string),
  item: (value: unknown) => text(value) && ITEM.test(value as string)
};

/** Every field of the vocabulary, so that another one there is missed here. */
type Fields<K> = Readonly<
  Record<Exclude<keyof Extract<LessonOutput, { kind: K }>, 'kind'>, Check>
>;

const KINDS: { readonly [K in LessonOutput['kind']]: Fields<K> } = {
  prediction: {
    ...ITEM_OF,
    question: text,
    choices: list(text),
    guess: maybe(text)
  },
  reveal: {
    ...ITEM_OF,
    question: text,
    guess: maybe(text),
    truth: text,
    right: flag,
    message: text
  },
  quiz: {
    ...ITEM_OF,
    question: text,
    choices: value =>
      list(rows({ text, right: flag, feedback: text }))(value) &&
      (value as unknown[]).length > 1
  },
  check: {
    ...ITEM_OF,
    right: flag,
    message: text,
    attempts: count,
    counted: flag,
    hints: list(text),
    hints_seen: count,
    solution: maybe(text)
  },
  hint: { ...ITEM_OF, number: count, of: count, text },
  solution: { ...ITEM_OF, code: maybe(text), message: text },
  compare: {
    toy: text,
    real: text,
    shape: list(count),
    difference: maybe(number),
    tolerance: number,
    agree: flag,
    message: text
  },
  picture: {
    picture: value => text(value) && PICTURE.test(value as string),
    title: text,
    inputs: values(
      value =>
        list(text)(value) ||
        rows({
          dtype: dtype => text(dtype) && (dtype as string) in WIDTHS,
          shape: list(count),
          data: text
        })(value)
    ),
    params: values(number)
  }
};

/** null for anything but an output of a lesson that this version knows. */
export function lessonOutputOf(data: unknown): LessonOutput | null {
  if (!isTable(data) || typeof data.kind !== 'string') {
    return null;
  }
  const fields = Object.hasOwn(KINDS, data.kind)
    ? KINDS[data.kind as LessonOutput['kind']]
    : null;
  return fields !== null && has(data, fields)
    ? (data as unknown as LessonOutput)
    : null;
}

/** Inputs and numbers of a picture, in the form that pictures know. Throws on bad base64. */
export function valuesOf(
  output: Extract<LessonOutput, { kind: 'picture' }>
): Readonly<Record<string, unknown>> {
  const inputs = Object.entries(output.inputs).map(([name, input]) => {
    if (Array.isArray(input)) {
      return [name, input] as const;
    }
    const { dtype, shape, data } = input;
    const bytes = Uint8Array.from(atob(data), letter => letter.charCodeAt(0));
    const length = shape.reduce((product, side) => product * side, 1);
    if (bytes.length !== length * WIDTHS[dtype]) {
      throw new Error(`The numbers of “${name}” do not fill their shape.`);
    }
    return [name, { dtype, shape, data: new DataView(bytes.buffer) }] as const;
  });
  return { ...output.params, ...Object.fromEntries(inputs) };
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(value: Table, fields: Readonly<Record<string, Check>>): boolean {
  return Object.entries(fields).every(([name, check]) => check(value[name]));
}
