/** Buttons of which one is pressed. */
import * as React from 'react';

type Option = readonly [
  label: string,
  pressed: boolean,
  click: () => void,
  title?: string
];

export function Choice({
  label,
  options
}: {
  readonly label: string;
  readonly options: readonly Option[];
}): JSX.Element {
  return (
    <div role="group" className="jp-NanochatLearn-choice" aria-label={label}>
      {options.map(([text, pressed, click, title]) => (
        <button
          key={text}
          type="button"
          className="jp-NanochatLearn-tool"
          aria-pressed={pressed}
          title={title}
          onClick={click}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
