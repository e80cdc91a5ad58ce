/** What is wanted now and then: another arrangement, tidy up, keep the map as a picture. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { useField } from '../../parts/use-field';
import type { Arranged, KeptChoice } from '../kept-choice';
import type { Wish } from '../services';
import { Choice } from './choice';

export function MoreMenu({
  trans,
  arrangement,
  wish
}: {
  readonly trans: TranslationBundle;
  readonly arrangement: KeptChoice<Arranged>;
  readonly wish: (wish: Wish) => void;
}): JSX.Element {
  const [open, setOpen] = React.useState(false);
  const root = React.useRef<HTMLDivElement>(null);
  const arranged = useField(arrangement);
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
  const arrange = (as: Arranged): void => {
    close();
    arrangement.set(as);
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
        <div>
          <div className="jp-NanochatLearn-arrange">
            <span>{trans.__('Arrangement')}</span>
            <Choice
              label={trans.__('Arrangement')}
              options={[
                [
                  trans.__('Regions'),
                  arranged === 'regions',
                  () => arrange('regions'),
                  trans.__('Each region and each file has its place')
                ],
                [
                  trans.__('Free'),
                  arranged === 'free',
                  () => arrange('free'),
                  trans.__('What hangs together pulls together')
                ]
              ]}
            />
          </div>
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
        </div>
      )}
    </div>
  );
}
