/**
 * The likeliest next tokens, one below the other, each with share and score. A row is a
 * button that puts its token into the text; up and down walk them.
 */
import { element } from '../kit/dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from '../kit/focus';
import { fixed, percent } from '../kit/format';
import type { Words } from '../kit/strings';
import { walk } from '../kit/walk';
import type { Key } from './words';

/** So many are drawn; the others are counted together. */
export const DRAWN = 8;

export interface ICandidate {
  readonly name: string;
  readonly share: number;
  readonly score: number;
  /** Whether the text does go on with it. */
  readonly came: boolean;
}

export interface ICandidates {
  readonly node: HTMLElement;
  /** Rows, or a sentence that stands in their place. `lit` is the row explained below. */
  show(
    what: { rows: readonly ICandidate[]; rest: string } | string,
    lit: number
  ): void;
}

export function candidates(
  say: Words<Key>,
  take: (rank: number) => void,
  point: IPointing
): ICandidates {
  const rows = Array.from({ length: DRAWN }, (_, rank) => {
    const name = element('b');
    const fill = element('i');
    const bar = element('div', {}, fill);
    const share = element('span');
    const score = element('span');
    const node = element(
      'button',
      { type: 'button', class: 'nl-row', 'data-key': 'ArrowDown' },
      name,
      bar,
      share,
      score
    );
    node.addEventListener('click', () => take(rank));
    pointable(node, point, () => ({ column: rank }));
    return { node, name, fill, share, score };
  });
  const nodes = rows.map(({ node }) => node);
  walk(nodes, undefined, { ArrowUp: -1, ArrowDown: 1 });
  const head = element(
    'div',
    { class: 'nl-head-row', 'aria-hidden': 'true' },
    ...[say('token'), '', say('share'), say('score')].map(text =>
      element('span', {}, text)
    )
  );
  const rest = element('p', { class: 'nl-about' });
  const list = element('div', {}, head, ...nodes, rest);
  pointableWithin(list, point);
  const words = element('span');
  const cover = element('div', { class: 'nl-covered nl-hatched' }, words);
  return {
    node: element('div', { class: 'nl-rows' }, list, cover),
    show(what, lit) {
      const instead = typeof what === 'string';
      list.hidden = instead;
      cover.hidden = !instead;
      if (instead) {
        words.textContent = what;
        return;
      }
      rest.textContent = what.rest;
      rows.forEach((row, rank) => {
        const candidate = what.rows[rank];
        row.node.hidden = candidate === undefined;
        if (candidate === undefined) {
          return;
        }
        const { name, share, score, came } = candidate;
        row.name.textContent = name;
        row.fill.style.width = `${100 * share}%`;
        row.share.textContent = percent(share);
        row.score.textContent = fixed(score);
        const told = say('row', name, percent(share), fixed(score));
        row.node.setAttribute('aria-label', say('rowTake', told));
        row.node.toggleAttribute('data-lit', rank === lit);
        row.node.toggleAttribute('data-came', came);
        row.node.tabIndex = rank === Math.max(lit, 0) ? 0 : -1;
      });
    }
  };
}

/** The rank of a likely token that is pointed at; other pictures point at places and heads. */
export function rankOf(focus: IFocus | null): number {
  const { column, token, head } = focus ?? {};
  const fits = column !== undefined && column >= 0 && column < DRAWN;
  return fits && token === undefined && head === undefined ? column : -1;
}
