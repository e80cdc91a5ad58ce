/** Right or not, told by a sign, a word and a colour: never by colour alone. */
import * as React from 'react';

export type Verdict = 'right' | 'wrong' | 'open';

const SIGNS: Readonly<Record<Verdict, string>> = {
  right: 'M3 8.500l3.500 3.500 6.500-8',
  wrong: 'M4 4l8 8M12 4l-8 8',
  open: 'M8 3.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9z'
};

export function VerdictSign({ verdict }: { verdict: Verdict }): JSX.Element {
  return (
    <svg
      className={`jp-NanochatLearn-verdictSign jp-mod-${verdict}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={SIGNS[verdict]} />
    </svg>
  );
}

/** `word` says it; what is inside explains it. */
export function VerdictLine(props: {
  readonly verdict: Verdict;
  readonly word: string;
  readonly children?: React.ReactNode;
}): JSX.Element {
  const { verdict, word, children } = props;
  return (
    <p className={`jp-NanochatLearn-verdict jp-mod-${verdict}`}>
      <VerdictSign verdict={verdict} />
      <span>
        <strong>{word}</strong> {children}
      </span>
    </p>
  );
}
