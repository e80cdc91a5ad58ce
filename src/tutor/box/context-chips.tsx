/** What goes along with the next question, as switches; each says what it is about. */
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { NodeId } from '../../api/types.gen';
import { type Consent, type IAbout, type Kind, KINDS } from './kinds';
import type { Surroundings } from './surroundings';

interface IContextChipsProps {
  readonly surroundings: Surroundings;
  readonly labelOf: (id: NodeId) => string;
  readonly showSent: () => void;
  readonly trans: TranslationBundle;
}

export function ContextChips(props: IContextChipsProps): JSX.Element {
  const { surroundings, labelOf, showSent, trans } = props;
  const [, again] = React.useReducer((n: number) => n + 1, 0);
  React.useEffect(() => {
    surroundings.changed.connect(again);
    return () => void surroundings.changed.disconnect(again);
  }, [surroundings]);
  const found = surroundings.found();
  const consent = surroundings.consent.value;
  const about = surroundings.about.value;
  const there = KINDS.filter(kind => found[kind] !== '');
  return (
    <div
      className="jp-NanochatLearn-context"
      role="group"
      aria-label={trans.__('What goes along with your question')}
    >
      <span className="jp-NanochatLearn-quiet">{trans.__('Goes along:')}</span>
      {about !== null && (
        <button
          type="button"
          className="jp-NanochatLearn-contextChip jp-mod-on"
          title={trans.__('Take this away')}
          onClick={() => surroundings.about.set(null)}
        >
          {aboutName(about, labelOf, trans)}
          <span aria-hidden="true"> ✕</span>
        </button>
      )}
      {there.map(kind => (
        <button
          key={kind}
          type="button"
          aria-pressed={consent[kind]}
          className={`jp-NanochatLearn-contextChip${consent[kind] ? ' jp-mod-on' : ''}`}
          title={
            consent[kind]
              ? trans.__('This goes along. Press to leave it out.')
              : trans.__('This stays here. Press to send it along.')
          }
          onClick={() => surroundings.consent.set(switched(consent, kind))}
        >
          {nameOf(kind, found[kind], trans)}
        </button>
      ))}
      {about === null && there.length === 0 && (
        <span className="jp-NanochatLearn-quiet">
          {trans.__('only your question')}
        </span>
      )}
      <button
        type="button"
        className="jp-NanochatLearn-link"
        onClick={showSent}
      >
        {trans.__('What is sent?')}
      </button>
    </div>
  );
}

function switched(consent: Consent, kind: Kind): Consent {
  return { ...consent, [kind]: !consent[kind] };
}

function nameOf(kind: Kind, text: string, trans: TranslationBundle): string {
  switch (kind) {
    case 'document':
      return PathExt.basename(text);
    case 'selection':
      return trans._n('%1 selected line', '%1 selected lines', lineCount(text));
    case 'cell':
      return trans.__('active cell');
    case 'error':
      return lastLine(text);
    case 'trace':
      return trans.__('trace %1', text);
    case 'progress':
      return trans.__('what you understood');
  }
}

function aboutName(
  { about, selection, error }: IAbout,
  labelOf: (id: NodeId) => string,
  trans: TranslationBundle
): string {
  if (about !== null && selection !== '') {
    const lines = lineCount(selection);
    return trans._n('%1 line of %2', '%1 lines of %2', lines, labelOf(about));
  }
  if (about !== null) {
    return trans.__('about %1', labelOf(about));
  }
  if (error !== '') {
    return trans.__('about %1', lastLine(error));
  }
  return selection !== ''
    ? trans.__('about the selected lines')
    : trans.__('about this cell');
}

/** A line break at the very end, as whole lines are selected with, begins no other line. */
function lineCount(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

/** `ValueError: …`, as Python's last line says it. */
function lastLine(text: string): string {
  const line = text.trim().split('\n').pop() ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
