/**
 * dice_to_tokens: roll a weighted die; counts approach the bars. The second die is what
 * the model makes of its scores for the next token. Chance is in compute.ts, the line of
 * the darts in line.ts; this file holds the state and shows it.
 */
import { BARS, bars } from '../kit/bars';
import { choice } from '../kit/choice';
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { fixed, percent, whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type IDice, spread } from './compute';
import { given, type IDie, shipped } from './dice';
import { line } from './line';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const ROLLS = [1, 10, 100, 1000] as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, BARS + STYLE);
  const { rolls: paramRolls, seed: paramSeed, die: paramDie } = meta.params;
  const within = (
    value: number,
    { min, max }: { min: number; max: number }
  ): number => Math.min(Math.max(Math.round(value), min), max);
  const param = params(model, leaving, meta.params, (name, value) => {
    if (name === 'die') {
      roll(dice, within(value, paramDie));
    } else if (name === 'seed') {
      reseed(value);
    } else {
      set(value);
    }
  });
  const dice = given(model, say) ?? shipped(say);
  let die = within(param('die'), { min: 0, max: dice.length - 1 });
  let rolls = within(param('rolls'), paramRolls);
  let seed = within(param('seed'), paramSeed);
  let chosen = 0;

  const set = (next: number): void => {
    rolls = within(next, paramRolls);
    show();
  };
  const reseed = (next: number): void => {
    seed = within(next, paramSeed);
    show();
  };
  const reset = (): void => {
    player.pause();
    seed = paramSeed.default;
    roll(dice, paramDie.default);
  };
  onKey(root, 'r', reset);
  const player = new Player(
    root,
    leaving,
    () => {
      set(rolls + pace(rolls));
      return rolls < paramRolls.max;
    },
    () => {
      play.textContent = say(
        player?.playing ? 'stop' : still(model) ? 'step' : 'play'
      );
    }
  );
  const point = pointing(model, leaving, focus => {
    const side = focus?.column ?? -1;
    if (side >= 0 && side < now().shares.length && side !== chosen) {
      chosen = side;
      show();
    }
  });
  const buttons = ROLLS.map(more => {
    const one = button(
      more === 1 ? say('rollOne') : say('roll', whole(more)),
      () => {
        player.pause();
        set(rolls + more);
      }
    );
    if (more > 1) {
      one.setAttribute('aria-label', say('rollBy', whole(more)));
    }
    one.dataset.key = 'Enter';
    return one;
  });
  const play = button('', () => {
    if (player.playing) {
      player.pause();
    } else {
      void player.play(still(model) ? 1 : Infinity, still(model));
    }
  });
  play.dataset.play = '';
  const intro = element('p');
  const pick = choice(say('dice'), [say('sky'), say('model')], n =>
    roll(dice, n)
  );
  pick.node.hidden = dice.length === 1;
  const stage = element('div');
  const count = element('p', { class: 'nl-count' });
  const fell = element('p', { class: 'nl-caption' });
  const how = element('p', { class: 'nl-how' });
  const seeds = slider(paramSeed, say('seed'), reseed);
  const live = liveText();
  const table = twin(model);
  /** Bars and line for a die with so many sides. */
  const drawing = (sides: number) => ({
    bars: bars(sides, {
      from: 0,
      to: 1,
      height: 120,
      pointing: point,
      focus: column => ({ column })
    }),
    line: line(sides, say('line'), point, column => ({ column }))
  });
  let drawn = drawing(0);

  root.append(
    intro,
    ...(dice.length > 1
      ? [
          guesses(
            model,
            questions(say, {
              sky: dice[0] as IDie,
              seed: () => seed,
              show(next) {
                player.pause();
                rolls = next;
                roll(dice, 0, next);
              }
            })
          )
        ]
      : []),
    pick.node,
    element(
      'div',
      { class: 'nl-buttons' },
      ...buttons,
      play,
      button(say('reset'), reset)
    ),
    count,
    element('p', { class: 'nl-caption' }, say('bars')),
    stage,
    fell,
    how,
    seeds.node,
    live,
    table.node
  );
  player.pause();
  roll(dice, die, rolls);

  function now(): IDie {
    return dice[die] as IDie;
  }

  /** Take a die into the hand. */
  function roll(all: readonly IDie[], which: number, so = 0): void {
    die = Math.min(which, all.length - 1);
    rolls = so;
    chosen = 0;
    drawn = drawing(now().shares.length);
    stage.replaceChildren(drawn.bars.node, drawn.line.node);
    show();
  }

  function show(): void {
    const { names, shares, intro: told } = now();
    const state = compute({ shares }, { seed, rolls });
    intro.textContent = told;
    pick.show(die);
    drawn.bars.show(
      shares.map((share, n) => ({
        value: state.counted[n] as number,
        ghost: share,
        text: rolls ? percent(state.counted[n] as number) : '',
        name: names[n] as string
      })),
      chosen
    );
    drawn.line.show(
      shares.map((share, n) => ({
        name: names[n] as string,
        share,
        label: say(
          'piece',
          names[n] as string,
          fixed((state.ends[n] as number) - share),
          fixed(state.ends[n] as number)
        )
      })),
      chosen,
      state.last?.dart ?? null
    );
    fell.textContent = state.last
      ? say(
          'dart',
          fixed(state.last.dart, 3),
          (names[state.last.hit] as string).trim()
        )
      : say('noDart');
    const summary = summed(state);
    count.replaceChildren(
      element('strong', {}, say('rolls', whole(rolls))),
      ` ${summary}`
    );
    how.textContent = explained(state);
    seeds.show(seed);
    const counts = names.map((name, n) =>
      say('liveShare', name.trim(), state.counts[n] as number)
    );
    live.textContent = say('live', whole(rolls), counts.join(', '));
    table.show(
      [say('name'), say('probability'), say('count'), say('counted')],
      () =>
        names.map((name, n) => [
          name,
          percent(shares[n] as number),
          whole(state.counts[n] as number),
          percent(state.counted[n] as number)
        ])
    );
  }

  function summed({ counted, furthest: at }: IDice): string {
    if (rolls === 0) {
      return say('nothingYet');
    }
    const { names, shares } = now();
    const share = shares[at] as number;
    const found = counted[at] as number;
    return say(
      'furthest',
      (names[at] as string).trim(),
      percent(found),
      percent(share),
      fixed(100 * Math.abs(found - share), 1),
      fixed(100 * spread(share, rolls), 1)
    );
  }

  function explained({ counts }: IDice): string {
    const { names, shares } = now();
    const share = shares[chosen] as number;
    const name = (names[chosen] as string).trim();
    const p = fixed(share, share < 0.01 ? 4 : 2);
    if (share > 0 && rolls === 0) {
      return say('howFirst', name, p, whole(Math.round(100 * share)));
    }
    return share === 0
      ? say('howNever', name, p)
      : say(
          'how',
          name,
          p,
          whole(rolls),
          expected(share * rolls),
          whole(counts[chosen] as number),
          fixed(Math.abs(Math.log(share)))
        );
  }
}

function expected(count: number): string {
  return count < 1000 ? fixed(count, 1).replace(/\.0$/, '') : whole(count);
}

/** Slowly at first, so that single darts are seen; then ever faster. */
function pace(rolls: number): number {
  return (
    10 ** Math.min(Math.max(Math.floor(Math.log10(Math.max(rolls, 1))), 0), 3)
  );
}
