/**
 * A dialog whose body is a form. JupyterLab's own takes Enter and the arrow keys for its
 * buttons, wherever the focus is; here they belong to the body while the focus is in it.
 */
import { Dialog, ReactWidget } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import type * as React from 'react';

const BODY_KEYS = ['Enter', 'ArrowLeft', 'ArrowRight'];
const REACHABLE =
  'a[href], button:not(:disabled), input:not(:disabled), summary, [tabindex="0"]';

class FormDialog extends Dialog<null> {
  override handleEvent(event: Event): void {
    if (event instanceof KeyboardEvent && event.type === 'keydown') {
      const body = this.node.querySelector('.jp-Dialog-body');
      const inside = body?.contains(document.activeElement) ?? false;
      if (inside && BODY_KEYS.includes(event.key)) {
        return;
      }
      if (event.key === 'Tab') {
        this._turn(event);
        return;
      }
    }
    super.handleEvent(event);
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    // What had the focus may go with a change of the body: keys must still be heard.
    this._watch.observe(this.node, { childList: true, subtree: true });
  }

  protected override onBeforeDetach(message: Message): void {
    this._watch.disconnect();
    super.onBeforeDetach(message);
  }

  /** Tab stays inside, round and round, whatever the body has become meanwhile. */
  private _turn(event: KeyboardEvent): void {
    const all = [...this.node.querySelectorAll<HTMLElement>(REACHABLE)].filter(
      node => node.checkVisibility?.() ?? true
    );
    const [first, last] = [all.at(0), all.at(-1)];
    const [end, start] = event.shiftKey ? [first, last] : [last, first];
    if (document.activeElement === end) {
      event.preventDefault();
      start?.focus();
    }
    event.stopPropagation();
  }

  private readonly _watch = new MutationObserver(() => {
    if (document.activeElement === document.body) {
      this.node
        .querySelector('.jp-Dialog-body')
        ?.querySelector<HTMLElement>(REACHABLE)
        ?.focus();
    }
  });
}

/** What the body is handed. */
export interface IForm {
  /** Put the dialog away. */
  readonly close: () => void;
}

interface IFormOptions {
  readonly title: string;
  readonly trans: TranslationBundle;
  readonly body: (form: IForm) => React.ReactElement;
}

/** Done when the learner has put the dialog away; everything in it takes effect at once. */
export async function showForm(options: IFormOptions): Promise<void> {
  let dialog: FormDialog | null = null;
  const body = ReactWidget.create(
    options.body({ close: () => dialog?.resolve() })
  );
  body.addClass('jp-NanochatLearn-form');
  dialog = new FormDialog({
    title: options.title,
    body,
    hasClose: true,
    buttons: [Dialog.okButton({ label: options.trans.__('Close') })],
    focusNodeSelector: REACHABLE
  });
  dialog.addClass('jp-NanochatLearn-formDialog');
  await dialog.launch();
}
