/**
 * residual_lens: scrub through the layers and see the likeliest next tokens change places. What
 * stands where is in compute.ts, the guesses in questions.ts; this file holds the state and shows
 * it.
 */
import { button, element, onKey, slider } from '../kit/dom';
import { pointable, pointableWithin, pointing } from '../kit/focus';
import { percent } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type ILens, type IPlaced } from './compute';
import example from './example.json';
import { given } from './inputs';
import meta from './meta.json';
import { questions } from './questions';
import { ROW, SHOWN, STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const inputs = given(model);
  const { text } = inputs;
  const last = inputs.shares.length - 1;
  const ranks = (inputs.shares[0] as readonly number[]).length;
  const param = params(model, leaving, meta.params, (_, value) =>
    moveTo(value)
  );
  let layer = held(param('layer'));
  /** The place in the list that is pointed at, and whether anything is. */
  let chosen = 0;
  /** Whether the end was seen: before, it is not given away. */
  let seenEnd = false;

  const point = pointing(model, leaving, focus => {
    if (focus?.row !== undefined && held(focus.row) !== layer) {
      layer = held(focus.row);
    }
    const place = focus?.column;
    chosen = place !== undefined && place >= 0 && place < SHOWN ? place : 0;
    show();
  });
  const { all } = compute(inputs, { layer });
  const rows = all.map(({ id }) => {
    const share = element('div', { class: 'nl-share' });
    const part = element('span', { class: 'nl-part' });
    const node = element(
      'li',
      { class: 'nl-token', tabindex: '-1', 'data-key': 'ArrowRight' },
      element('code', {}, text(id)),
      element('div', { class: 'nl-bar' }, share),
      part
    );
    return { node, share, part, rank: null as number | null };
  });
  const list = element(
    'ol',
    { class: 'nl-list', 'aria-label': say('list') },
    ...rows.map(({ node }) => node)
  );
  rows.forEach(row => {
    pointable(row.node, point, () => ({ row: layer, column: row.rank ?? 0 }));
    row.node.addEventListener('keydown', event => {
      const step = {
        ArrowLeft: -1,
        ArrowUp: -1,
        ArrowRight: 1,
        ArrowDown: 1
      }[event.key];
      if (step !== undefined && row.rank !== null) {
        event.preventDefault();
        const place = (row.rank + step + shownCount()) % shownCount();
        rows.find(({ rank }) => rank === place)?.node.focus();
      }
    });
  });
  pointableWithin(list, point);

  const moveLayer = slider(
    { ...meta.params.layer, max: last },
    say('layer', last),
    moveTo
  );
  const play = button('', () => {
    if (player.playing) {
      player.pause();
    } else {
      layer = layer === last ? 0 : layer;
      void player.play();
    }
  });
  play.dataset.play = '';
  const player = new Player(
    root,
    leaving,
    () => {
      layer = held(layer + 1);
      show();
      return layer < last;
    },
    () => {
      play.textContent = say(player?.playing ? 'pause' : 'play');
    },
    900
  );
  const where = element('p', { class: 'nl-where' });
  const raw = element('p', { class: 'nl-raw' });
  const told = element('p');
  const live = liveText();
  const table = twin(model);
  onKey(root, 'r', () => moveTo(0));

  root.append(
    element('p', {}, say('intro', inputs.tokens.map(plain).join(''))),
    guesses(
      model,
      questions(say, inputs, text, async to => {
        layer = 0;
        show();
        await player.play(to, still(model) || to === 0);
        moveTo(to);
      })
    ),
    element('div', { class: 'nl-controls' }, moveLayer.node, play),
    where,
    list,
    told,
    raw,
    element(
      'p',
      { class: 'nl-soft' },
      inputs.isRecorded
        ? say('recorded', example.model, ranks) + say('signs')
        : say('given', ranks)
    ),
    live,
    table.node
  );
  player.pause();
  show();
  table.show([say('reading'), say('first'), say('second'), say('third')], () =>
    inputs.ids.map((ids, n) => [
      n === 0 ? say('table') : say('one', n - 1),
      ...ids
        .slice(0, 3)
        .map(
          (id, rank) =>
            `${text(id)} ${percent(inputs.shares[n]?.[rank] as number)}`
        )
    ])
  );

  function moveTo(value: number): void {
    player.pause();
    layer = held(value);
    show();
  }

  function held(value: number): number {
    return Math.min(Math.max(Math.round(value), 0), last);
  }

  function shownCount(): number {
    return Math.min(SHOWN, ranks);
  }

  function show(): void {
    const lens = compute(inputs, { layer });
    seenEnd = seenEnd || lens.isLast;
    moveLayer.show(layer);
    lens.all.forEach((token, n) => {
      const row = rows[n];
      if (row === undefined) {
        return;
      }
      const seen = token.rank !== null && token.rank < SHOWN;
      row.rank = seen ? token.rank : null;
      const { node } = row;
      node.style.transform = `translateY(${(seen ? (token.rank as number) : SHOWN) * ROW}px)`;
      node.style.opacity = seen ? '1' : '0';
      node.style.visibility = seen ? 'visible' : 'hidden';
      node.tabIndex = seen && token.rank === chosen ? 0 : -1;
      node.toggleAttribute('data-chosen', seen && token.rank === chosen);
      node.toggleAttribute(
        'data-winner',
        seenEnd && token.id === lens.winner.id
      );
      row.share.style.width = `${token.share * 100}%`;
      row.part.textContent = percent(token.share);
      node.setAttribute(
        'aria-label',
        say('row', text(token.id), (token.rank ?? 0) + 1, percent(token.share))
      );
    });
    where.textContent = placeText();
    raw.textContent = say(lens.isLast ? 'whole' : 'raw');
    const pointed = lens.all.find(({ rank }) => rank === chosen) ?? lens.best;
    told.textContent = `${toldOf(pointed)} ${winnerText(lens)}`.trim();
    live.textContent = say('live', placeText(), told.textContent);
  }

  function placeText(): string {
    return layer === 0
      ? say('none')
      : say(layer === last ? 'afterLast' : 'after', layer - 1);
  }

  function toldOf({ id, share, rank }: IPlaced): string {
    return say(
      'told',
      text(id),
      percent(share),
      rank === null ? say('outside', ranks) : say('rank', rank + 1)
    );
  }

  function winnerText({ winner }: ILens): string {
    if (!seenEnd) {
      return '';
    }
    const name = text(winner.id);
    if (winner.rank === null) {
      return say('winnerOut', name, ranks);
    }
    return winner.rank === 0
      ? say('winnerLeads', name, percent(winner.share))
      : say('winnerHere', name, winner.rank + 1, percent(winner.share));
  }
}

/** A text as it reads, without the mark that opens it. */
function plain(token: string): string {
  return /^<\|.*\|>$/.test(token) ? '' : token;
}
