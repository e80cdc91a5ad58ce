/**
 * rms_vs_layernorm: drag an outlier, shift all, scale all, and see what each norm undoes.
 * The mathematics is in compute.ts, one row of bars in panel.ts, the guesses in
 * questions.ts; this file holds the state and shows it.
 */
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { factor, fixed } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { numbers, oneNumber } from '../kit/tensor';
import { dress } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { apart, compute, type IList, type INorms } from './compute';
import example from './example.json';
import meta from './meta.json';
import { panel } from './panel';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

/** So many numbers are drawn; all are counted. */
const DRAWN = 12;
/** A number of the list is held within this, or a drag would get lost. */
const REACH = 100;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const { shift: paramShift, times: paramTimes } = meta.params;
  const param = params(model, leaving, meta.params, (name, value) =>
    set({ [name]: value })
  );
  let shift = param('shift');
  let times = param('times');
  const start = numbers(model.get('x'), example.x);
  let x = [...start];
  let chosen = 0;
  const count = Math.min(x.length, DRAWN);

  const pointed = {
    pointing: pointing(model, leaving, focus => {
      const bar = focus?.column ?? -1;
      if (bar >= 0 && bar < count && bar !== chosen) {
        chosen = bar;
        show();
      }
    }),
    focus: (column: number) => ({ column })
  };
  const put = (place: number, value: number): void => {
    x[place] = Math.min(Math.max(value, -REACH), REACH);
    show();
  };
  const given = panel(say, say('given'), count, {
    from: -6,
    to: 6,
    height: 150,
    step: 0.1,
    ...pointed,
    move: (bar, to) => put(bar, (to - shift) / times)
  });
  // no result of a list of 8 is beyond √8; of longer lists the rest looks torn off
  const result = { from: -3, to: 3, height: 110, ...pointed };
  const rmsNorm = panel(say, say('rmsNorm'), count, result);
  const layerNorm = panel(say, say('layerNorm'), count, result);

  const set = (next: { shift?: number; times?: number }): void => {
    ({ shift = shift, times = times } = next);
    show();
  };
  const reset = (): void => {
    x = [...start];
    set({ shift: paramShift.default, times: paramTimes.default });
  };
  onKey(root, 'r', reset);
  const moveShift = slider(paramShift, say('shift'), value =>
    set({ shift: value })
  );
  const moveTimes = slider(paramTimes, say('times'), value =>
    set({ times: value })
  );
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);

  root.append(
    element('p', {}, say('intro')),
    guesses(model, questions(say, { reset, set, put, state })),
    given.node,
    element(
      'div',
      { class: 'nl-controls' },
      moveShift.node,
      moveTimes.node,
      button(say('reset'), reset)
    ),
    element('div', { class: 'nl-results' }, rmsNorm.node, layerNorm.node),
    how,
    live,
    table.node
  );
  if (count < x.length) {
    given.node.append(element('p', {}, say('notDrawn', count, x.length)));
  }
  show();

  function state(): INorms {
    return computed(x, shift, times);
  }

  function computed(list: number[], plus: number, by: number): INorms {
    const rmsEps = oneNumber(model, 'rms_eps', example.rms_eps);
    const layerEps = oneNumber(model, 'layer_eps', example.layer_eps);
    const inputs = { x: list, rmsEps, layerEps };
    return compute(inputs, { shift: plus, times: by });
  }

  function show(): void {
    const now = state();
    const before = computed(start, paramShift.default, paramTimes.default);
    const touched = apart(now.given, before.given) > 5e-4;
    const barsOf = (
      list: IList,
      old: IList
    ): Parameters<typeof given.show>[1] =>
      list.values.slice(0, count).map((value, i) => {
        const was = old.values[i] as number;
        return {
          value,
          text: fixed(value, Math.abs(value) < 9.95 ? 1 : 0),
          name: String(i + 1),
          ...(touched ? { ghost: was } : {}),
          label: say('bar', i + 1),
          spoken: say(
            'barSays',
            fixed(value, 1),
            fixed(now.rmsNorm.values[i] as number),
            fixed(now.layerNorm.values[i] as number)
          )
        };
      });
    const [byRms, byLayer] = [
      apart(now.rmsNorm, before.rmsNorm),
      apart(now.layerNorm, before.layerNorm)
    ];
    const verdict = (by: number): string =>
      !touched ? '' : by < 5e-3 ? say('stays') : say('moved', fixed(by));
    given.show(
      now.given,
      barsOf(now.given, before.given),
      chosen,
      touched ? say('atStart') : ''
    );
    rmsNorm.show(
      now.rmsNorm,
      barsOf(now.rmsNorm, before.rmsNorm),
      chosen,
      verdict(byRms)
    );
    layerNorm.show(
      now.layerNorm,
      barsOf(now.layerNorm, before.layerNorm),
      chosen,
      verdict(byLayer)
    );
    moveShift.show(shift);
    moveTimes.show(times);
    how.textContent = explained(now);
    live.textContent = say(
      'live',
      times,
      fixed(shift, 1),
      fixed(now.given.mean),
      fixed(now.given.rms),
      fixed(byRms),
      fixed(byLayer)
    );
    table.show(
      [say('number'), say('listColumn'), say('rmsColumn'), say('layerColumn')],
      () => rows(now)
    );
  }

  function explained(now: INorms): string {
    const { mean, values } = now.given;
    const value = fixed(values[chosen] as number);
    return say(
      'how',
      chosen + 1,
      value,
      values.length,
      fixed(now.size),
      fixed(now.rmsNorm.values[chosen] as number),
      fixed(mean),
      fixed(now.spread),
      factor(mean),
      fixed(now.layerNorm.values[chosen] as number)
    );
  }

  function rows({ given: list, rmsNorm: r, layerNorm: l }: INorms): string[][] {
    const lists = [list, r, l];
    const measures = ['mean', 'rms', 'length'] as const;
    return [
      ...list.values
        .slice(0, count)
        .map((_, i) => [
          String(i + 1),
          ...lists.map(({ values }) => fixed(values[i] as number))
        ]),
      ...measures.map(name => [
        say(`${name}Row`),
        ...lists.map(all => fixed(all[name]))
      ])
    ];
  }
}
