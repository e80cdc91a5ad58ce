/** What a runnable block says about itself: where it is, and how it ended. Pure. */
import type { TranslationBundle } from '@jupyterlab/translation';

import { type IChosen, isAlive } from './kernels';

/** Where a block is: `going` from the request until the kernel has answered. */
export type State =
  | { readonly kind: 'ready' }
  | { readonly kind: 'starting' }
  | {
      readonly kind: 'going';
      readonly chosen: IChosen;
      /** The kernel was busy with something else when it was asked. */
      readonly behind: boolean;
      /** The kernel has come to it. */
      readonly began: boolean;
      readonly stopped: boolean;
    };

export function during(state: State, trans: TranslationBundle): string {
  switch (state.kind) {
    case 'ready':
      return '';
    case 'starting':
      return trans.__('Getting a kernel…');
    case 'going':
      if (state.stopped) {
        return trans.__('Stopping…');
      }
      if (state.began) {
        return trans.__('Running on the kernel of %1…', state.chosen.name);
      }
      return state.behind
        ? trans.__(
            'Waiting: the kernel of %1 is busy with something else. Stop ends that too.',
            state.chosen.name
          )
        : trans.__('Waiting for the kernel of %1…', state.chosen.name);
    default:
      return state satisfies never;
  }
}

/** The kernel has answered. */
export function ended(
  status: string,
  printed: boolean,
  { name }: IChosen,
  trans: TranslationBundle
): string {
  switch (status) {
    case 'aborted':
      return trans.__(
        'The kernel of %1 skipped this block, because what it ran before had failed. Press Run again.',
        name
      );
    case 'error':
      return trans.__(
        'It ended with an error. Read the last line below first: it says what was wrong. (Kernel of %1.)',
        name
      );
    default:
      return printed
        ? trans.__('Ran on the kernel of %1.', name)
        : trans.__('Ran on the kernel of %1. It printed nothing.', name);
  }
}

/** The kernel went away under the block. */
export function lost(
  { kernel, name, own }: IChosen,
  trans: TranslationBundle
): string {
  if (isAlive(kernel)) {
    return trans.__(
      'The kernel of %1 was restarted before the block had ended. Press Run again.',
      name
    );
  }
  return own
    ? trans.__(
        'The kernel has ended. Press Run again: a new one starts by itself.'
      )
    : trans.__(
        'The kernel of %1 has ended. Restart it in the Kernel menu, or press Run again to use one of this panel.',
        name
      );
}
