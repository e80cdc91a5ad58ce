/** The guesses: how many count, what becomes of the others, and what if all counted. */
import { fixed, percent } from '../kit/format';
import type { IGuess } from '../kit/guess';
import type { Words } from '../kit/strings';
import type { IMasked, Rule } from './compute';
import type { Key } from './words';

interface IDeeds {
  /** What a rule lets count, with the losses of the model before (0) or after (1). */
  of(rule: Rule, learned: 0 | 1): IMasked;
  /** Show it; covered: who counts is still to be guessed. */
  show(rule: Rule, learned: 0 | 1, covered?: boolean): void;
}

export function questions(say: Words<Key>, { of, show }: IDeeds): IGuess[] {
  const [before, after] = [of('answers', 0), of('answers', 1)];
  const asked = before.questions.length;
  const counts = (['answers', 'chats', 'places'] as const).map(
    rule => of(rule, 0).counting.count
  );
  const told = (value: number | null): string => fixed(value ?? NaN);
  const all = of('places', 0);
  const answers = all.questions.filter(({ from }) => from === 'assistant');
  const many = [answers.length, asked - answers.length, asked];
  return [
    {
      ask: say('ask', asked),
      answers: counts.map(String),
      pose: () => show('answers', 0, true),
      act() {
        show('answers', 0);
        const { count } = before.counting;
        return { right: counts.indexOf(count), told: say('told', count) };
      }
    },
    {
      ask: say(
        'askOthers',
        before.counting.count,
        told(before.counting.mean),
        told(after.counting.mean),
        before.others.count
      ),
      answers: [say('fell'), say('stayed')],
      pose: () => show('answers', 0),
      act() {
        show('answers', 1);
        const [was, is] = [before.others.mean, after.others.mean];
        return {
          right: (is ?? 0) < (was ?? 0) ? 0 : 1,
          told: say('toldOthers', told(was), told(is))
        };
      }
    },
    {
      ask: say('askAll', asked),
      answers: many.map(String),
      pose: () => show('answers', 1),
      act() {
        show('places', 1);
        const { length } = answers;
        return {
          right: many.indexOf(length),
          told: say('toldAll', length, asked, percent(length / asked, 0))
        };
      }
    }
  ];
}
