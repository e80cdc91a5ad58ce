/** The guesses: how many questions, which answer, and which answers of a chat count. */
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import { NO_QUESTION } from './compute';
import type { Key } from './words';

export interface IShown {
  readonly names: readonly string[];
  readonly row: readonly number[];
  readonly targets: readonly number[];
}

interface IDeeds {
  /** Show a row, moved or not, with a place chosen. */
  show(which: 'note' | 'chat', shift: 0 | 1, place: number): IShown;
}

export function questions(say: Words<Key>, { show }: IDeeds): IGuess[] {
  const { row, names } = show('note', 0, 0);
  const chat = show('chat', 0, 0);
  const counts = [1, row.length - 1, row.length];
  const offered = names.slice(0, 3);
  const place = 1;
  const chatCounts = [3, 6, chat.row.length - 1];
  return [
    {
      ask: say('askCount', row.length),
      answers: counts.map(String),
      pose: () => void show('note', 0, 0),
      act() {
        const { targets } = show('note', 1, 0);
        return {
          right: counts.indexOf(targets.length),
          told: say('toldCount', targets.length)
        };
      }
    },
    {
      ask: say('askTarget', place, names[place] ?? ''),
      answers: offered,
      pose: () => void show('note', 0, place),
      act() {
        const shown = show('note', 1, place);
        const id = shown.targets[place] as number;
        const name = names[shown.row.indexOf(id)] ?? '';
        return {
          right: offered.indexOf(name),
          told: say('toldTarget', names.slice(0, place + 1).join(' '), name, id)
        };
      }
    },
    {
      ask: say('askChat', chat.row.length, chat.row.length - 1),
      answers: chatCounts.map(String),
      pose: () => void show('chat', 0, 0),
      act() {
        const shown = show('chat', 1, chat.row.length - 2);
        const asked = shown.targets
          .map((id, n) => ({ id, name: shown.names[n + 1] ?? '' }))
          .filter(({ id }) => id !== NO_QUESTION);
        return {
          right: chatCounts.indexOf(asked.length),
          told: say('toldChat', asked.map(({ name }) => name).join(' · '))
        };
      }
    }
  ];
}
