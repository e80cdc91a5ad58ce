/**
 * matmul_cells: point at a cell of a matrix product; its row and its column light, and the
 * terms add up. The mathematics is in compute.ts, where the tables stand in layout.ts, the
 * sum in terms.ts; this file holds the state and shows it.
 */
import { CELLS, cells } from '../kit/cells';
import { button, element, onKey, slider } from '../kit/dom';
import { pointing } from '../kit/focus';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { Player } from '../kit/player';
import { type IShaped, shaped } from '../kit/shaped';
import { words } from '../kit/strings';
import { dress, still } from '../kit/theme';
import { liveText, twin } from '../kit/twin';
import { compute, type IMatmul } from './compute';
import example from './example.json';
import { type INames, lattice, tracks } from './layout';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { number, sumText, termsView } from './terms';
import { STRINGS } from './words';

export { compute, meta };

/** Slower than an arrow that turns: a sum wants to be read. */
const PACE = 900;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, CELLS + STYLE);
  const param = params(model, leaving, meta.params, (name, value) => {
    if (name === 'bread') {
      setBread(value);
    } else {
      go(name === 'row' ? value : row, name === 'column' ? value : column);
    }
  });
  const w: IShaped = shaped(model.get('w'), 2) ?? example.w;
  const amounts: IShaped = shaped(model.get('x'), 2) ?? example.x;
  const shopping = [model.get('x'), model.get('w')].every(
    given => given === undefined
  );
  let bread = param('bread');
  const x = (): IShaped =>
    shopping
      ? {
          shape: amounts.shape,
          data: amounts.data.map((value, n) => (n === K ? bread : value))
        }
      : amounts;
  const { N, K, M } = compute({ x: amounts, w }, { row: 0, column: 0 }).sizes;
  const within = (value: number, count: number): number =>
    Math.min(Math.max(Math.round(value), 0), count - 1);
  let row = within(param('row'), N);
  let column = within(param('column'), M);
  let shown = K;
  /** The cell that is asked for is not shown until it is answered. */
  let asked = false;
  const hidden = (i: number, j: number): boolean =>
    asked && i === meta.params.row.default && j === meta.params.column.default;
  const names: INames = {
    rows: Array.from({ length: N }, (_, i) =>
      shopping ? say('person', i + 1) : say('rowName', i)
    ),
    inner: shopping
      ? [say('bread'), say('milk'), say('eggs')]
      : Array.from({ length: K }, (_, k) => say('inner', k)),
    columns: Array.from({ length: M }, (_, j) =>
      shopping ? say('shop', j + 1) : say('columnName', j)
    )
  };

  const go = (i: number, j: number): void => {
    player.pause();
    [row, column] = [within(i, N), within(j, M)];
    shown = K;
    show();
  };
  const setBread = (value: number): void => {
    bread = Math.min(
      Math.max(Math.round(value), meta.params.bread.min),
      meta.params.bread.max
    );
    show();
  };
  const reset = (): void => {
    bread = meta.params.bread.default;
    go(meta.params.row.default, meta.params.column.default);
  };
  onKey(root, 'r', reset);

  const point = pointing(model, leaving, focus => {
    const { row: i = -1, column: j = -1 } = focus ?? {};
    const there = i >= 0 && i < N && j >= 0 && j < M;
    if (there && (i !== row || j !== column)) {
      go(i, j);
    }
  });
  const tables = cells(say('tables'), point);
  tables.node.style.gridTemplateColumns = tracks(K, M);
  tables.node.style.gridTemplateRows = tracks(K, N);
  const list = termsView(say);
  const play = button('', () => {
    if (player.playing) {
      player.pause();
      return;
    }
    asked = false;
    if (shown === K) {
      shown = 0;
    }
    void player.play(still(model) ? 1 : Infinity, still(model));
  });
  play.dataset.play = '';
  const player = new Player(
    root,
    leaving,
    () => {
      shown = Math.min(shown + 1, K);
      show();
      return shown < K;
    },
    () => {
      play.textContent = say(
        player?.playing ? 'stop' : still(model) ? 'next' : 'add'
      );
    },
    PACE
  );
  const breadSlider = slider(meta.params.bread, say('more'), setBread);
  const how = element('p', { class: 'nl-how' });
  const shapes = element('p', { class: 'nl-small' });
  const live = liveText();
  const table = twin(model);

  root.append(
    element('p', {}, say(shopping ? 'intro' : 'introNumbers')),
    element('div', { class: 'nl-scroll' }, tables.node),
    how,
    list.node,
    element(
      'div',
      { class: 'nl-controls' },
      element(
        'div',
        { class: 'nl-buttons' },
        play,
        button(say('reset'), reset)
      ),
      ...(shopping ? [breadSlider.node] : [])
    ),
    shapes,
    live,
    table.node
  );
  player.pause();
  show();
  if (shopping) {
    root.firstElementChild?.nextElementSibling?.after(
      guesses(
        model,
        questions(say, {
          reset,
          setBread,
          state,
          hide(value) {
            asked = value;
            show();
          },
          addUp() {
            shown = 0;
            return player.play(Infinity, still(model));
          }
        })
      )
    );
  }

  function state(): IMatmul {
    return compute({ x: x(), w }, { row, column });
  }

  function show(): void {
    const now = state();
    const { y, terms, multiplications } = now;
    const added = hidden(row, column) ? 0 : shown;
    const person = names.rows[row] as string;
    const shop = names.columns[column] as string;
    tables.show(
      lattice({ x: x(), w }, now, names, {
        row,
        column,
        shown: added,
        hidden,
        says: (i, j) =>
          say(
            'cell',
            names.rows[i] as string,
            names.columns[j] as string,
            hidden(i, j) || (i === row && j === column && added < K)
              ? say('hidden')
              : number(y[i]?.[j] ?? NaN)
          )
      })
    );
    const parts = terms.slice(0, added);
    const sum = number(parts.at(-1)?.sum ?? 0);
    list.node.hidden = hidden(row, column);
    list.show(terms, names.inner, added, added === K);
    how.textContent =
      added === K
        ? say('how', person, shop, sumText(terms), sum)
        : say('cell', person, shop, parts.length ? sumText(parts) : '…');
    breadSlider.show(bread);
    shapes.textContent = say('shapes', N, K, M, N * M, multiplications);
    live.textContent =
      added === K
        ? say('live', person, shop, `${sumText(terms)} = ${sum}`)
        : say('liveTerm', parts.length ? sumText(parts) : '', sum);
    table.show(
      [say('cellColumn'), say('termsColumn'), say('resultColumn')],
      () =>
        y.flatMap((cellsOfRow, i) =>
          cellsOfRow.map((value, j) => [
            `${names.rows[i] as string}, ${names.columns[j] as string}`,
            sumText(compute({ x: x(), w }, { row: i, column: j }).terms),
            hidden(i, j) ? '?' : number(value)
          ])
        )
    );
  }
}
