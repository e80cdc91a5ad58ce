/** Two bars for the work done, and one for the room that the cache takes. */
import { choice, type IChoice } from '../kit/choice';
import { element } from '../kit/dom';
import { short, whole } from '../kit/format';
import type { Words } from '../kit/strings';
import { compute, type ICache, type ICall } from './compute';
import example from './example.json';
import { fitting, type IGiven } from './inputs';
import { sumText } from './texts';
import type { Key } from './words';

interface IBarView {
  readonly node: HTMLElement;
  show(value: string, share: number, how: string, active: boolean): void;
}

function barView(name: string | Node, kind: string): IBarView {
  const fill = element('span', { class: `nl-fill ${kind}` });
  const value = element('strong');
  const how = element('span', { class: 'nl-soft' });
  const node = element(
    'div',
    { class: 'nl-count' },
    element('span', {}, name),
    element('span', { class: 'nl-track' }, fill),
    value,
    how
  );
  return {
    node,
    show(text, share, explained, active) {
      value.textContent = text;
      fill.style.width = `${100 * share}%`;
      how.textContent = explained;
      node.classList.toggle('nl-active', active);
    }
  };
}

/** How much work: without and with a cache, after the calls that are done. */
export function workView(say: Words<Key>): {
  node: HTMLElement;
  show(
    cache: ICache,
    done: readonly ICall[],
    end: ICache,
    cached: boolean
  ): void;
} {
  const off = barView(say('without'), 'nl-two');
  const on = barView(say('with'), 'nl-one');
  return {
    node: element(
      'section',
      { class: 'nl-work' },
      element('p', { class: 'nl-head' }, say('work')),
      element('p', { class: 'nl-soft' }, say('one')),
      off.node,
      on.node
    ),
    show(cache, done, end, cached) {
      off.show(
        whole(cache.without),
        cache.without / end.without,
        sumText(done, cache.without),
        !cached
      );
      on.show(
        whole(cache.with),
        cache.with / end.without,
        say('each', cache.with),
        cached
      );
    }
  };
}

/** How much room, for a choice of key/value heads. */
export function roomView(
  say: Words<Key>,
  given: IGiven,
  choose: (kvHeads: number) => void
): {
  node: HTMLElement;
  /** The choice of key/value heads. */
  heads: HTMLElement;
  show(cache: ICache, kvHeads: number, cached: boolean): void;
  /** The formula with its numbers, as it stands there. */
  text(): string;
} {
  const name = element('span');
  const bar = barView(name, 'nl-one');
  const { layers, headWidth, numberBytes, heads, positions } = given;
  const all = fitting(heads);
  const few: IChoice = choice(say('kvHeads'), all.map(String), n =>
    choose(all[n] as number)
  );
  const row = element('div', { class: 'nl-kv' }, say('kvHeads'), few.node);
  const formula = element('p', { class: 'nl-formula' });
  const shared = element('p', { class: 'nl-shared' });
  const agreed = element('p');
  return {
    node: element(
      'section',
      { class: 'nl-room' },
      element('p', { class: 'nl-head' }, say('room')),
      row,
      bar.node,
      formula,
      shared,
      agreed
    ),
    heads: row,
    show(cache, kvHeads, cached) {
      few.show(all.indexOf(kvHeads));
      const full = compute(given, {
        prompt: positions,
        calls: 1,
        kvHeads: heads
      });
      name.textContent = say(cached ? 'kept' : 'wouldKeep');
      bar.show(`${whole(cache.bytes)} B`, cache.bytes / full.bytes, '', cached);
      formula.textContent = say(
        cached ? 'formula' : 'formulaOff',
        layers,
        kvHeads,
        headWidth,
        numberBytes,
        cache.places,
        whole(cache.bytes)
      );
      shared.textContent =
        kvHeads === heads ? say('unshared') : say('shared', heads / kvHeads);
      const found = example.agreement.find(
        ({ kv_heads }) => kv_heads === kvHeads
      );
      agreed.textContent =
        found === undefined
          ? ''
          : say('agreement', short(found.difference, 2), found.largest);
    },
    text: () => formula.textContent
  };
}
