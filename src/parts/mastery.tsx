/** How far a concept is understood: a sign, a word and a colour, the same wherever it is told. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ConceptState } from '../api/types.gen';

export type Mastery = ConceptState['state'];

/** As a CSS variable each, with what stands in where a theme lacks it. */
export const MASTERY_COLOURS: Readonly<
  Record<Mastery, readonly [string, string]>
> = {
  unseen: ['--jp-ui-font-color2', '#616161'],
  started: ['--jp-brand-color1', '#1976d2'],
  shaky: ['--jp-warn-color1', '#bf5b00'],
  understood: ['--jp-success-color1', '#2e7d32']
};

export const MASTERIES: readonly Mastery[] = [
  'unseen',
  'started',
  'shaky',
  'understood'
];

/** In a box from -1 to 1: what tells the states apart without colour, as polylines. */
export const MASTERY_MARKS: Readonly<
  Record<Mastery, readonly (readonly [number, number])[]>
> = {
  unseen: [],
  started: [
    [-0.5, 0],
    [0.5, 0]
  ],
  shaky: [
    [-0.55, 0.25],
    [-0.18, -0.3],
    [0.18, 0.3],
    [0.55, -0.25]
  ],
  understood: [
    [-0.5, 0.05],
    [-0.12, 0.42],
    [0.52, -0.4]
  ]
};

export function masteryName(state: Mastery, trans: TranslationBundle): string {
  switch (state) {
    case 'unseen':
      return trans.__('not seen yet');
    case 'started':
      return trans.__('started');
    case 'shaky':
      return trans.__('shaky');
    case 'understood':
      return trans.__('understood');
  }
}

/** A disc with the mark on it; empty where nothing was seen. */
export function MasterySign({ state }: { state: Mastery }): JSX.Element {
  const [name, otherwise] = MASTERY_COLOURS[state];
  const ink = `var(${name}, ${otherwise})`;
  const points = MASTERY_MARKS[state]
    .map(([x, y]) => `${8 + 6.5 * x},${8 + 6.5 * y}`)
    .join(' ');
  return (
    <svg
      className="jp-NanochatLearn-masterySign"
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <circle
        cx="8"
        cy="8"
        r="6.5"
        fill={state === 'unseen' ? 'none' : ink}
        stroke={ink}
        strokeWidth="1.4"
        strokeDasharray={state === 'unseen' ? '2.2 1.9' : undefined}
      />
      <polyline
        points={points}
        fill="none"
        stroke="var(--jp-layout-color1, #fff)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
