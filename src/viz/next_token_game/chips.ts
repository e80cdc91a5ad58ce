/**
 * The text as chips. The bars tell what the model gave to each token before it came, or what
 * the token in view takes from it in one head. A text that grows gets new chips; a chip that
 * had the focus has it again.
 */
import { element } from '../kit/dom';
import type { IPointing } from '../kit/focus';
import { percent } from '../kit/format';
import type { Words } from '../kit/strings';
import { type IChip, type IStrip, tokenStrip } from '../kit/strip';
import type { IHead } from './looking';
import { visible } from '../kit/bpe';
import type { Telling } from './telling';
import type { Key } from './words';

export function textStrip(
  telling: Telling,
  say: Words<Key>,
  point: IPointing
): {
  readonly node: HTMLElement;
  /** `head`: whose looks the bars show; null: what each token was given. */
  show(head: IHead | null, marked: number | undefined): void;
  /** The text up to a place, without the mark that opens it. */
  read(place: number): string;
} {
  const node = element('div');
  let strip: IStrip | null = null;
  let shown: readonly number[] = [];
  const { source } = telling;
  const name = (place: number): string => visible(telling.text(place));

  const renew = (): void => {
    const within = node.contains(document.activeElement);
    const fresh = tokenStrip(
      telling.ids.map((_, place) => name(place)),
      say('text'),
      place => telling.look(place),
      point,
      place => ({ token: place })
    );
    // first, for what follows tells the host, and the host may have all shown anew
    [strip, shown] = [fresh, telling.ids];
    node.replaceChildren(fresh.node);
    point.hover(null);
    if (within) {
      point.onto(null);
      fresh.node.querySelectorAll('button')[telling.at]?.focus();
    }
  };
  const given = (place: number): IChip => {
    const share = source.given(place);
    const told =
      place === 0
        ? say('chipFirst')
        : share === null
          ? say('chipUnread')
          : say('chipGiven', percent(share));
    return {
      share: place === 0 ? 0 : share,
      text: place === 0 || share === null ? '' : percent(share, 0),
      label: say('chip', name(place), place, told),
      kind: place < telling.given ? 'given' : 'chosen'
    };
  };
  const look = (place: number, { layer, head }: IHead): IChip => {
    const shares = source.attention(layer, head, telling.at);
    const share = shares?.[place];
    const told =
      place > telling.at
        ? say('chipLater')
        : share === undefined
          ? say('noLook')
          : say('chipLook', name(telling.at), percent(share));
    return {
      share: share ?? null,
      text: share === undefined ? '' : percent(share, 0),
      label: say('chip', name(place), place, told),
      kind: 'look'
    };
  };
  return {
    node,
    show(head, marked) {
      if (strip === null || shown !== telling.ids) {
        renew();
      }
      strip?.show(
        telling.ids.map((_, place) =>
          head === null ? given(place) : look(place, head)
        ),
        telling.at,
        marked
      );
    },
    read: place => source.read(telling.ids, place + 1)
  };
}
