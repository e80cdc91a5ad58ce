/**
 * A picture on the numbers of the learner's own run: a button beneath it, while the open
 * trace holds what the picture needs. It begins with the example that the note speaks of.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { PictureMeta } from '../api/types.gen';
import type { ITraced } from '../tokens';
import { button, element } from '../markdown/dom';
import type { PictureModel } from '../pictures/picture';

/** The place of the button; empty as long as there is nothing to offer. */
export function tracedPicture(
  traced: ITraced,
  meta: PictureMeta,
  model: PictureModel,
  trans: TranslationBundle,
  signal: AbortSignal
): HTMLElement {
  const place = element('div', { class: 'jp-NanochatLearn-traced' });
  let on = false;
  let given: readonly string[] = [];
  let turn = 0;

  const show = (values: Readonly<Record<string, unknown>>): void => {
    given
      .filter(name => !(name in values))
      .forEach(name => model.set(name, undefined));
    given = Object.keys(values);
    given.forEach(name => model.set(name, values[name]));
  };
  const look = async (): Promise<void> => {
    const mine = ++turn;
    const found = await traced.inputs(meta.id).catch(() => null);
    if (mine !== turn || signal.aborted) {
      return;
    }
    if (found === null) {
      on = false;
      show({});
      place.replaceChildren();
      return;
    }
    if (on) {
      show(found.values);
    }
    const had = place.contains(document.activeElement);
    const toggle = button(
      {
        class: 'jp-NanochatLearn-link',
        click: () => {
          on = !on;
          if (!on) {
            show({});
          }
          void look();
        }
      },
      on
        ? trans.__('Back to the example of the note')
        : trans.__('Show the numbers of your own run: %1', found.from)
    );
    place.replaceChildren(
      ...(on ? [trans.__('Shown: %1.', found.from), ' '] : []),
      toggle
    );
    if (had) {
      toggle.focus();
    }
  };
  const heard = (): void => void look();
  traced.changed.connect(heard);
  signal.addEventListener('abort', () => traced.changed.disconnect(heard));
  heard();
  return place;
}
