/** What is wanted now and then: tidy up, keep the map as a picture. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { Wish } from '../services';

export function MoreMenu({
  trans,
  wish
}: {
  readonly trans: TranslationBundle;
  readonly wish: (wish: Wish) => void;
}): JSX.Element {
  const [open, setOpen] = React.useState(false);
  const root = React.useRef<HTMLDivElement>(null);
  const entries: readonly (readonly [string, string, Wish])[] = [
    [
      trans.__('Tidy up the map'),
      trans.__('All places anew; pinned nodes stay'),
      { kind: 'tidy' }
    ],
    [
      trans.__('Save as picture (PNG)'),
      trans.__('What is in view, for slides and notes'),
      { kind: 'save', format: 'png' }
    ],
    [
      trans.__('Save as drawing (SVG)'),
      trans.__('What is in view, sharp at any size'),
      { kind: 'save', format: 'svg' }
    ]
  ];
  const close = (): void => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return (
    <div
      ref={root}
      className="jp-NanochatLearn-more"
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
      onKeyDown={event => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          close();
        }
      }}
    >
      <button
        type="button"
        className="jp-NanochatLearn-tool"
        aria-expanded={open}
        title={trans.__('More')}
        aria-label={trans.__('More')}
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <ul>
          {entries.map(([label, hint, what]) => (
            <li key={label}>
              <button
                type="button"
                onClick={() => {
                  close();
                  // A new object: the same wish twice is two wishes.
                  wish({ ...what });
                }}
              >
                {label}
                <span className="jp-NanochatLearn-quiet">{hint}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
