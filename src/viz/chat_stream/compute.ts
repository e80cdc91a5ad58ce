/**
 * A chat as ids and mask, as `nanochat/conversation.py:render` makes it: 1 on what the assistant
 * writes itself, 0 on what it is given. Pure: no drawing.
 */
import type { Vocabulary } from '../kit/bpe';

export interface IPart {
  readonly type: string;
  readonly text: string;
}

export interface IMessage {
  readonly role: string;
  readonly content: string | readonly IPart[];
}

export interface IChatInputs {
  readonly messages: readonly IMessage[];
  readonly vocabulary: Vocabulary;
  /** Special tokens: name → id. */
  readonly marks: ReadonlyMap<string, number>;
}

export interface IToken {
  readonly id: number;
  readonly learned: boolean;
  /** The name of a special token; null for a token of text. */
  readonly mark: string | null;
  /** Who it comes from: the program that builds the row, or one of the speakers. */
  readonly from: 'program' | 'user' | 'assistant' | 'tool';
  /** Which message it belongs to; −1: none. */
  readonly message: number;
}

/** part → the special tokens around it, and whether the assistant writes it itself */
const PARTS: Readonly<
  Record<string, { marks: readonly string[]; written: boolean }>
> = {
  text: { marks: [], written: true },
  python: { marks: ['<|python_start|>', '<|python_end|>'], written: true },
  python_output: {
    marks: ['<|output_start|>', '<|output_end|>'],
    written: false
  }
};

/** Throws a sentence for what is no chat. */
export function compute(
  { messages, vocabulary, marks }: IChatInputs,
  _params: object = {}
): IToken[] {
  const stream: IToken[] = [];
  const mark = (
    name: string,
    learned: boolean,
    from: IToken['from'],
    message: number
  ): void => {
    const id = marks.get(name);
    if (id === undefined) {
      throw new Error(`There is no special token ${name}.`);
    }
    stream.push({ id, learned, mark: name, from, message });
  };
  mark('<|bos|>', false, 'program', -1);
  turns(messages).forEach(({ role, parts, message }) => {
    const assistant = role === 'assistant';
    mark(`<|${role}_start|>`, false, 'program', message);
    parts.forEach(({ type, text }) => {
      const kind = PARTS[type];
      if (kind === undefined) {
        throw new Error(
          `Message ${message + 1} has a part of the type ${type}; there are: ${Object.keys(PARTS).join(', ')}.`
        );
      }
      const learned = assistant && kind.written;
      const from = !assistant ? 'user' : kind.written ? 'assistant' : 'tool';
      const [opens, closes] = kind.marks;
      if (opens !== undefined) {
        mark(opens, learned, from, message);
      }
      vocabulary
        .encode(text)
        .forEach(id => stream.push({ id, learned, mark: null, from, message }));
      if (closes !== undefined) {
        mark(closes, learned, from, message);
      }
    });
    mark(
      `<|${role}_end|>`,
      assistant,
      assistant ? 'assistant' : 'program',
      message
    );
  });
  return stream;
}

/** Role and parts of each message; a system message goes before the first question. */
function turns(
  messages: readonly IMessage[]
): Array<{ role: string; parts: readonly IPart[]; message: number }> {
  const [first] = messages;
  const system = first?.role === 'system' ? `${textOf(first)}\n\n` : '';
  const skip = first?.role === 'system' ? 1 : 0;
  if (messages.length <= skip) {
    throw new Error('A chat needs at least one message of a user.');
  }
  return messages.slice(skip).map(({ role, content }, n) => {
    const expected = n % 2 === 0 ? 'user' : 'assistant';
    if (role !== expected) {
      throw new Error(
        `Message ${n + 1 + skip} has the role ${role}, but user and assistant take turns, and the user begins.`
      );
    }
    const parts =
      typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    if (parts.length === 0 || parts.some(({ text }) => text === '')) {
      throw new Error(
        `Message ${n + 1 + skip} is empty. Write something or leave it out.`
      );
    }
    const [opening = { type: 'text', text: '' }, ...rest] = parts;
    return {
      role,
      parts:
        n === 0 && system !== ''
          ? [{ ...opening, text: system + opening.text }, ...rest]
          : parts,
      message: n + skip
    };
  });
}

/** All that a message says, without the calculator. */
export function textOf({ content }: IMessage): string {
  return typeof content === 'string'
    ? content
    : content
        .filter(({ type }) => type === 'text')
        .map(({ text }) => text)
        .join('');
}
