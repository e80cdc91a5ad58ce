/** Small drawings of the gap panel: decoration, every one is said in words beside it. */
import * as React from 'react';

import type { Gap } from '../api/types.gen';

/** What is wrong is a filled square with a cross; what is missing a ring with a gap. */
export function SeveritySign({
  severity
}: {
  severity: Gap['severity'];
}): JSX.Element {
  return (
    <svg
      className={`jp-NanochatLearn-sign jp-mod-${severity}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {severity === 'error' ? (
        <>
          <rect x="1" y="1" width="14" height="14" rx="3" />
          <path d="M5 5l6 6M11 5l-6 6" />
        </>
      ) : (
        <path d="M8 2.500a5.500 5.500 0 1 0 5.500 5.500" />
      )}
    </svg>
  );
}

/** The ring of the panel's icon, closed, with rays around it. */
export function Whole(): JSX.Element {
  const rays = Array.from({ length: 12 }, (_, n) => n * 30);
  return (
    <svg
      className="jp-NanochatLearn-wholeRing"
      viewBox="0 0 64 64"
      aria-hidden="true"
    >
      {rays.map(angle => (
        <path key={angle} d="M32 3v6" transform={`rotate(${angle} 32 32)`} />
      ))}
      <circle cx="32" cy="32" r="17" />
      <path d="M24 32.500l6 6 11-12" />
    </svg>
  );
}
