/**
 * A code block of a note or an answer that can be run: its buttons, its state in words, and what it
 * prints, by JupyterLab's own output area. Which kernel runs it is decided elsewhere.
 */
import { OutputAreaModel, SimplifiedOutputArea } from '@jupyterlab/outputarea';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';

import { ApiError } from '../api/failure';
import { button, element } from './dom';
import type { IChosen } from './kernels';
import { during, ended, lost, type State } from './words';

export interface IRunContext {
  readonly rendermime: IRenderMimeRegistry;
  readonly trans: TranslationBundle;
  choose(): Promise<IChosen>;
  /** More buttons for a block with this code. */
  tools?(code: string): readonly HTMLElement[];
}

type Future = Kernel.IShellFuture<
  KernelMessage.IExecuteRequestMsg,
  KernelMessage.IExecuteReplyMsg
>;

const READY: State = { kind: 'ready' };

const PYTHON = /(?:^|\s)language-(?:python3?|py)(?:\s|$)/;

/** Give every Python block of `note`, which is in the document, its buttons. */
export function makeRunnable(
  note: HTMLElement,
  context: IRunContext,
  signal: AbortSignal
): void {
  for (const code of note.querySelectorAll<HTMLElement>('pre > code')) {
    if (PYTHON.test(code.className) && code.parentElement !== null) {
      new Runnable(code.parentElement, context, signal);
    }
  }
}

class Runnable {
  constructor(
    private readonly _code: HTMLElement,
    private readonly _context: IRunContext,
    private readonly _signal: AbortSignal
  ) {
    const { rendermime, trans } = _context;
    this._run = this._tool('▶', trans.__('Run'), () => void this._go());
    this._run.title = trans.__('Run this code (Shift + Enter)');
    this._stop = this._tool('■', trans.__('Stop'), () => void this._halt());
    this._clear = this._tool('✕', trans.__('Clear'), () => this._wipe());
    this._said = element('span', {
      class: 'jp-NanochatLearn-runsaid',
      attributes: { role: 'status' }
    });
    this._area = new SimplifiedOutputArea({
      // What the learner has run may show itself, as in a notebook.
      model: new OutputAreaModel({ trusted: true }),
      rendermime
    });
    this._area.node.tabIndex = 0; // Long output scrolls, so the keyboard must reach it.
    this._area.node.setAttribute('role', 'group');
    this._area.node.setAttribute('aria-label', trans.__('Output'));
    this._build();
    _signal.addEventListener('abort', () => this._leave(), { once: true });
    this._set(READY);
  }

  private _build(): void {
    const { trans } = this._context;
    this._code.tabIndex = 0;
    this._code.setAttribute('role', 'group');
    this._code.setAttribute(
      'aria-label',
      trans.__('Python you can run with Shift and Enter')
    );
    this._code.addEventListener('keydown', event => {
      if (event.key === 'Enter' && event.shiftKey) {
        event.preventDefault();
        event.stopPropagation();
        void this._go();
      }
    });
    const output = element('div', { class: 'jp-NanochatLearn-output' });
    const frame = element('div', { class: 'jp-NanochatLearn-runnable' });
    this._code.replaceWith(frame);
    frame.append(
      this._code,
      element(
        'div',
        { class: 'jp-NanochatLearn-runbar' },
        this._run,
        this._stop,
        this._clear,
        ...(this._context.tools?.(this._code.textContent ?? '') ?? []),
        this._said
      ),
      output
    );
    Widget.attach(this._area, output);
  }

  /** Run the block, once at a time. */
  private async _go(): Promise<void> {
    if (this._state.kind !== 'ready') {
      return;
    }
    this._area.model.clear();
    const turn: State = { kind: 'starting' };
    this._set(turn);
    try {
      const chosen = await this._context.choose();
      if (this._isStill(turn)) {
        await this._execute(chosen);
      }
    } catch (thrown) {
      if (this._isStill(turn)) {
        const { sentence, hint } = ApiError.from(thrown);
        this._set(READY, `${sentence} ${hint}`.trim(), true);
      }
    }
  }

  /** False when the page left, or the learner stopped it (and may have begun anew). */
  private _isStill(turn: State): boolean {
    return !this._signal.aborted && this._state === turn;
  }

  private async _execute(chosen: IChosen): Promise<void> {
    const { trans } = this._context;
    const behind = chosen.kernel.status === 'busy';
    const future: Future = chosen.kernel.requestExecute({
      code: this._code.textContent ?? '',
      allow_stdin: false,
      store_history: false, // The learner's own numbering of cells stays as it is.
      stop_on_error: true
    });
    this._set({
      kind: 'going',
      chosen,
      behind,
      began: false,
      stopped: false
    });
    future.registerMessageHook(message => {
      if (message.header.msg_type === 'execute_input') {
        this._begin();
      }
      return true;
    });
    this._area.future = future;
    const status = await future.done.then(
      reply => reply.content.status,
      () => null
    );
    if (this._signal.aborted) {
      return;
    }
    if (status === null) {
      this._set(READY, lost(chosen, trans), true);
    } else if (this._wasStopped()) {
      const said = trans.__('You stopped it. (Kernel of %1.)', chosen.name);
      this._set(READY, said, true);
    } else {
      const said = ended(status, this._area.model.length > 0, chosen, trans);
      this._set(READY, said, status !== 'ok');
    }
  }

  private _begin(): void {
    if (this._state.kind === 'going') {
      this._set({ ...this._state, began: true });
    }
  }

  private async _halt(): Promise<void> {
    if (this._state.kind === 'starting') {
      this._set(READY, this._context.trans.__('You stopped it.'), true);
    }
    if (this._state.kind !== 'going' || this._state.stopped) {
      return;
    }
    const { chosen } = this._state;
    this._set({ ...this._state, stopped: true });
    try {
      await chosen.kernel.interrupt();
    } catch (thrown) {
      console.warn('Interrupt:', thrown);
      this._say(
        this._context.trans.__(
          'The kernel of %1 cannot be stopped. Restart it in the list of running kernels.',
          chosen.name
        ),
        true
      );
    }
  }

  private _wasStopped(): boolean {
    return this._state.kind === 'going' && this._state.stopped;
  }

  private _wipe(): void {
    this._area.model.clear();
    this._set(READY);
    this._run.focus();
  }

  /** Nobody sees what it prints any more: it need not go on. */
  private _leave(): void {
    if (this._state.kind === 'going' && this._state.began) {
      void this._state.chosen.kernel.interrupt().catch(() => undefined);
    }
    if (this._area.isAttached && !this._area.node.isConnected) {
      // The page was taken away first, by hand; Lumino would refuse to detach.
      MessageLoop.sendMessage(this._area, Widget.Msg.BeforeDetach);
      MessageLoop.sendMessage(this._area, Widget.Msg.AfterDetach);
    }
    this._area.dispose();
  }

  private _set(
    state: State,
    said = during(state, this._context.trans),
    failed = false
  ): void {
    const before = this._state.kind;
    this._state = state;
    const ready = state.kind === 'ready';
    // A button with the focus must not vanish under it: the other one takes over.
    const focused =
      document.activeElement === this._run ||
      document.activeElement === this._stop;
    this._run.hidden = !ready;
    this._stop.hidden = ready;
    this._clear.hidden = !ready || said === '';
    this._code.parentElement?.setAttribute('aria-busy', String(!ready));
    this._say(said, failed);
    if (focused && (before === 'ready') !== ready) {
      (ready ? this._run : this._stop).focus();
    }
  }

  private _say(words: string, failed: boolean): void {
    this._said.textContent = words;
    this._said.classList.toggle('jp-mod-failed', failed);
  }

  private _tool(
    glyph: string,
    name: string,
    click: () => void
  ): HTMLButtonElement {
    return button(
      { class: 'jp-NanochatLearn-action', click },
      element('span', { attributes: { 'aria-hidden': 'true' } }, glyph),
      ` ${name}`
    );
  }

  private readonly _run: HTMLButtonElement;
  private readonly _stop: HTMLButtonElement;
  private readonly _clear: HTMLButtonElement;
  private readonly _said: HTMLElement;
  private readonly _area: SimplifiedOutputArea;
  private _state: State = READY;
}
