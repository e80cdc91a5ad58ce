/**
 * “Used in these lines”: the lines themselves, numbered and in the colours of the editor.
 * Long ones are folded; click and Enter open the editor there.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Anchor } from '../api/types.gen';
import { button, element } from '../markdown/dom';

export interface ILinesContext {
  readonly trans: TranslationBundle;
  openCode(anchor: Anchor): void;
  /** Put coloured Python into an element. */
  highlight(code: string, host: HTMLElement): Promise<void>;
  /** The element stands for this place. */
  stand(node: HTMLElement, anchor: Anchor): void;
}

/** More lines than `FOLD` are folded to `SHOWN` (the stylesheet knows that number). */
const FOLD = 10;
const SHOWN = 6;

/** The places in the code that a concept explains. */
export function usedLines(
  anchors: readonly Anchor[],
  context: ILinesContext
): HTMLElement {
  const { trans } = context;
  return element(
    'section',
    { class: 'jp-NanochatLearn-code' },
    element('h3', {}, trans.__('Used in these lines')),
    anchors.length > 0
      ? element('ul', {}, ...anchors.map(anchor => place(anchor, context)))
      : element(
          'p',
          { class: 'jp-NanochatLearn-none' },
          trans.__('No line of this code carries the tag of this concept.')
        )
  );
}

function place(anchor: Anchor, context: ILinesContext): HTMLElement {
  const { trans } = context;
  const open = (): void => context.openCode(anchor);
  const shown = anchor.code.split('\n').length;
  const missing = anchor.end_line - anchor.line + 1 - shown;
  const lines = block(anchor, shown, context);
  const item = element(
    'li',
    {},
    button(
      {
        class: 'jp-NanochatLearn-anchor',
        title: trans.__('Open the editor at this line'),
        click: open
      },
      element('span', {}, anchor.label),
      ' ',
      element(
        'span',
        { class: 'jp-NanochatLearn-place' },
        `${anchor.file_path}:${anchor.line}`
      )
    ),
    lines,
    shown > FOLD ? folding(lines, shown, trans) : null,
    missing > 0
      ? element(
          'p',
          { class: 'jp-NanochatLearn-none' },
          trans._n(
            '%1 more line stands in the editor.',
            '%1 more lines stand in the editor.',
            missing
          )
        )
      : null
  );
  context.stand(item, anchor);
  return item;
}

function block(
  anchor: Anchor,
  count: number,
  context: ILinesContext
): HTMLElement {
  const code = element('code', {}, anchor.code);
  const numbers = Array.from({ length: count }, (_, n) => anchor.line + n);
  const lines = element(
    'pre',
    {
      // Long lines scroll sideways, so the block must be reachable by keyboard.
      attributes: {
        tabindex: '0',
        role: 'group',
        'aria-label': context.trans.__('Code of %1', anchor.label)
      },
      click: () => {
        // Selecting text to copy it ends in a click too.
        if (document.getSelection()?.isCollapsed !== false) {
          context.openCode(anchor);
        }
      }
    },
    element(
      'span',
      {
        class: 'jp-NanochatLearn-numbers',
        attributes: { 'aria-hidden': 'true' }
      },
      numbers.join('\n')
    ),
    code
  );
  lines.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      event.preventDefault();
      context.openCode(anchor);
    }
  });
  void colour(code, anchor, context);
  return lines;
}

/** The plain text stands until the colours are there; without them it stays. */
async function colour(
  code: HTMLElement,
  anchor: Anchor,
  context: ILinesContext
): Promise<void> {
  const coloured = element('code');
  try {
    await context.highlight(anchor.code, coloured);
  } catch (thrown) {
    console.warn(`Colours of ${anchor.node}:`, thrown);
    return;
  }
  code.replaceChildren(...coloured.childNodes);
}

function folding(
  lines: HTMLElement,
  count: number,
  trans: TranslationBundle
): HTMLElement {
  const toggle = button({
    class: 'jp-NanochatLearn-link',
    click: () => {
      lines.classList.toggle('jp-mod-folded');
      say();
    }
  });
  const say = (): void => {
    const folded = lines.classList.contains('jp-mod-folded');
    toggle.setAttribute('aria-expanded', String(!folded));
    toggle.textContent = folded
      ? trans.__('Show all %1 lines', count)
      : trans.__('Show %1 lines', SHOWN);
  };
  lines.classList.add('jp-mod-folded');
  say();
  return toggle;
}
