/** A part of the panel that is folded: what is in it is made, and asks for numbers, once opened. */
import * as React from 'react';

export function Fold(props: {
  readonly summary: string;
  readonly className?: string;
  readonly children: () => React.ReactNode;
}): JSX.Element {
  const [open, setOpen] = React.useState(false);
  return (
    <details
      className={props.className}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{props.summary}</summary>
      {open && props.children()}
    </details>
  );
}
