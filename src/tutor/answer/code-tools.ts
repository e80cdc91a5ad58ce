/** What can be done with code in an answer: run it, copy it, put it into a cell. */
import type { IActiveCellManager } from '@jupyter/chat';
import type { TranslationBundle } from '@jupyterlab/translation';

import { button, element } from '../../markdown/dom';
import { type IRunContext, makeRunnable } from '../../markdown/runnable';

export interface ICodeContext {
  readonly run: Omit<IRunContext, 'tools'>;
  /** null where there are no notebooks. */
  readonly cells: IActiveCellManager | null;
  readonly trans: TranslationBundle;
}

/** Give every code block of `node`, which is in the document, its buttons. */
export function addCodeTools(
  node: HTMLElement,
  context: ICodeContext,
  signal: AbortSignal
): void {
  const tools = (code: string): HTMLElement[] => [
    copyButton(code, context.trans),
    ...(context.cells === null
      ? []
      : [cellButton(code, context.cells, context.trans, signal)])
  ];
  makeRunnable(node, { ...context.run, tools }, signal);
  for (const pre of node.querySelectorAll<HTMLElement>('pre')) {
    if (pre.closest('.jp-NanochatLearn-runnable') === null) {
      pre.tabIndex = 0; // Long lines scroll, so the keyboard must reach them.
      pre.setAttribute('role', 'group');
      pre.setAttribute('aria-label', context.trans.__('Code'));
      pre.after(
        element(
          'div',
          { class: 'jp-NanochatLearn-runbar' },
          copyButton(pre.textContent ?? '', context.trans)
        )
      );
    }
  }
}

function copyButton(code: string, trans: TranslationBundle): HTMLElement {
  const name = trans.__('Copy');
  const copy = button(
    {
      class: 'jp-NanochatLearn-action',
      click: () =>
        void navigator.clipboard.writeText(code).then(
          () => say(trans.__('Copied')),
          () => say(trans.__('The browser does not allow copying here'))
        )
    },
    name
  );
  copy.setAttribute('aria-live', 'polite');
  const say = (words: string): void => {
    copy.textContent = words;
    setTimeout(() => (copy.textContent = name), 1500);
  };
  return copy;
}

function cellButton(
  code: string,
  cells: IActiveCellManager,
  trans: TranslationBundle,
  signal: AbortSignal
): HTMLElement {
  const into = button(
    {
      class: 'jp-NanochatLearn-action',
      click: () => cells.insertBelow(code.replace(/\n$/, ''))
    },
    trans.__('Into a cell')
  );
  const look = (): void => {
    into.disabled = !cells.available;
    into.title = cells.available
      ? trans.__('Put this code into a new cell below the active one')
      : trans.__('Open a notebook first: the code goes below its active cell');
  };
  cells.availabilityChanged.connect(look);
  signal.addEventListener('abort', () =>
    cells.availabilityChanged.disconnect(look)
  );
  look();
  return into;
}
