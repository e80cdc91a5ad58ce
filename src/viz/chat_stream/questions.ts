/** The guesses: what is learned, a mark that is typed, the answer of a tool. */
import { visible } from '../kit/bpe';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { IMessage, IPart, IToken } from './compute';
import example from './example.json';
import type { Key } from './words';

interface IDeeds {
  /** Show a chat, with the mask or without; its stream. */
  show(messages: readonly IMessage[], mask: boolean): readonly IToken[];
  name(id: number): string;
}

export function questions(say: Words<Key>, { show, name }: IDeeds): IGuess[] {
  const greeting: readonly IMessage[] = example.greeting;
  const summing: readonly IMessage[] = example.sum;
  const typed = '<|bos|>';
  const parts = (summing.at(-1)?.content ?? []) as readonly IPart[];
  const textOf = (type: string): string =>
    parts.find(part => part.type === type)?.text ?? '';
  const counts = [2, 3, 9];
  const named = (token: IToken): string =>
    token.mark === null ? visible(name(token.id)) : token.mark;
  return [
    {
      ask: say('askCount', show(greeting, false).length),
      answers: counts.map(String),
      pose: () => void show(greeting, false),
      act() {
        const learned = show(greeting, true).filter(token => token.learned);
        return {
          right: counts.indexOf(learned.length),
          told: say('toldCount', learned.map(named).join(' · '))
        };
      }
    },
    {
      ask: say('askTyped', typed, typed),
      answers: [say('yes'), say('no')],
      pose: () => void show(greeting, true),
      act() {
        const [, answer] = greeting as [IMessage, IMessage];
        const stream = show([{ role: 'user', content: typed }, answer], true);
        const said = stream.filter(
          ({ from, mark }) => from === 'user' && mark === null
        );
        const marks = stream.filter(({ mark }) => mark === typed).length;
        return {
          right: marks > 1 ? 0 : 1,
          told: say(
            'toldTyped',
            said.length,
            said.map(named).join(' · '),
            typed,
            marks === 1 ? say('once') : say('times', marks)
          )
        };
      }
    },
    {
      ask: say('askTool', textOf('python_output')),
      answers: [say('yes'), say('no')],
      pose: () => void show(summing, false),
      act() {
        const stream = show(summing, true);
        const learned = stream.some(
          ({ from, learned: is }) => from === 'tool' && is
        );
        return {
          right: learned ? 0 : 1,
          told: say('toldTool', textOf('python'))
        };
      }
    }
  ];
}
