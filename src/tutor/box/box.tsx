/**
 * The box for the question: Enter asks, Shift + Enter breaks the line. What is typed lives
 * in the input model of `@jupyter/chat`; why the box is not theirs: decision 15.
 */
import type { IInputModel } from '@jupyter/chat';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { useField, useSignal } from '../../parts/use-field';
import type { IField } from '../../tokens';

interface IBoxProps {
  readonly input: IInputModel;
  readonly busy: IField<boolean>;
  /** True where somebody came on purpose, perhaps before the box stood. */
  readonly focusDue: IField<boolean>;
  /** The question that is asked again with another text, or null. */
  readonly editing: IField<string | null>;
  readonly stop: () => void;
  readonly trans: TranslationBundle;
}

export function Box(props: IBoxProps): JSX.Element {
  const { focusDue, input, stop, trans } = props;
  const text = useSignal(input.valueChanged, () => input.value);
  const busy = useField(props.busy);
  const editing = useField(props.editing);
  const area = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    const focus = (): void => area.current?.focus();
    const look = (): void => {
      if (focusDue.value) {
        focusDue.set(false);
        focus();
      }
    };
    input.focusInputSignal?.connect(focus);
    focusDue.changed.connect(look);
    look();
    return () => {
      input.focusInputSignal?.disconnect(focus);
      focusDue.changed.disconnect(look);
    };
  }, [input, focusDue]);
  React.useLayoutEffect(() => fit(area.current), [text]);

  const ready = text.trim() !== '' && !busy;
  const ask = (): void => {
    if (ready) {
      input.send(text);
    }
  };
  const leave = (): void => {
    props.editing.set(null);
    input.value = '';
    area.current?.focus();
  };
  return (
    <div className="jp-NanochatLearn-box">
      {editing !== null && (
        <p className="jp-NanochatLearn-editing">
          {trans.__(
            'You edit an earlier question: it and all after it are replaced.'
          )}{' '}
          <button
            type="button"
            className="jp-NanochatLearn-link"
            onClick={leave}
          >
            {trans.__('Leave it as it was')}
          </button>
        </p>
      )}
      <textarea
        ref={area}
        rows={1}
        value={text}
        maxLength={20_000}
        placeholder={trans.__('Ask about the code…')}
        aria-label={trans.__('Your question')}
        onChange={event => {
          input.value = event.target.value;
        }}
        onKeyDown={event => {
          if (
            event.key === 'Enter' &&
            !event.shiftKey &&
            !event.nativeEvent.isComposing
          ) {
            event.preventDefault();
            ask();
          } else if (event.key === 'Escape' && editing !== null) {
            leave();
          }
        }}
      />
      {busy ? (
        <button
          type="button"
          className="jp-NanochatLearn-ask"
          title={trans.__('Stop the answer')}
          onClick={() => {
            stop();
            area.current?.focus();
          }}
        >
          <span aria-hidden="true">■ </span>
          {trans.__('Stop')}
        </button>
      ) : (
        <button
          type="button"
          className="jp-NanochatLearn-ask jp-mod-first"
          title={trans.__('Ask (Enter); Shift + Enter breaks the line')}
          disabled={!ready}
          onClick={ask}
        >
          {trans.__('Ask')}
        </button>
      )}
    </div>
  );
}

/** As high as its text, within what the stylesheet allows. */
function fit(area: HTMLTextAreaElement | null): void {
  if (area !== null) {
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }
}
