/**
 * The guesses: which token comes next in a story that the model has not seen, counted against
 * the model's own first guess; and what a temperature does. What is right stands in the story,
 * the numbers are those of the model in the page, or else the recorded ones.
 */
import type { IGuess } from '../kit/guess';
import { percent } from '../kit/format';
import type { Words } from '../kit/strings';
import type { IChoosing } from './compute';
import example from './example.json';
import { visible } from '../kit/bpe';
import { type IFound, tail } from './texts';
import type { Key } from './words';

interface IDeeds {
  /** Bring this much of the story into view, with what follows covered or not. */
  show(length: number, covered: boolean): Promise<void>;
  /** What the model gives at the end of it. */
  shares(): IFound | null;
  settings(next: Partial<IChoosing>): void;
}

export function questions(say: Words<Key>, deeds: IDeeds): IGuess[] {
  const { texts } = example.story;
  const told = (place: number): string =>
    tail(texts.slice(1, place + 1).join(''));
  let [you, model] = [0, 0];
  const rounds = example.places.map(({ place, options }, n): IGuess => {
    const truth = texts[place + 1] ?? '';
    const right = options.indexOf(truth);
    return {
      ask: say('ask', n + 1, example.places.length, told(place)),
      answers: options.map(visible),
      pose() {
        if (n === 0) {
          [you, model] = [0, 0];
        }
        void deeds.show(place + 1, true);
      },
      async act(chosen) {
        await deeds.show(place + 1, false);
        const seen = deeds.shares();
        if (seen === null) {
          return { right, told: say('stoppedGuess') };
        }
        const { all, name } = seen;
        const at = all.shares.findIndex((_, rank) => name(rank) === truth);
        you += chosen === right ? 1 : 0;
        model += at === 0 ? 1 : 0;
        return {
          right,
          told: say(
            'told',
            visible(truth),
            percent(all.shares[at] ?? 0),
            visible(name(0)),
            percent(all.shares[0] ?? 0),
            you,
            model,
            n + 1
          )
        };
      }
    };
  });
  return [...rounds, hot()];

  function hot(): IGuess {
    const { place } = example.places[0] as { place: number };
    const first = (): [string, number] => {
      const seen = deeds.shares();
      return [visible(seen?.name(0) ?? ''), seen?.all.shares[0] ?? 0];
    };
    return {
      ask: say('askHot', told(place)),
      answers: [say('shrinks'), say('stays'), say('grows')],
      pose: () => void deeds.show(place + 1, false),
      async act() {
        await deeds.show(place + 1, false);
        deeds.settings({ temperature: 1, top_k: 0 });
        const [name, before] = first();
        deeds.settings({ temperature: 2 });
        const [, after] = first();
        const right = after < before ? 0 : after > before ? 2 : 1;
        return {
          right,
          told: say('toldHot', name, percent(before), percent(after))
        };
      }
    };
  }
}
