import { nullTranslator } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';
import * as React from 'react';
import { afterEach, describe, expect, it } from 'vitest';

import type { NodeId } from '../../api/types.gen';
import { Field } from '../../state/field';
import { ContextChips } from './context-chips';
import type { IAbout } from './kinds';
import type { Found, Surroundings } from './surroundings';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const NOTHING: Found = {
  document: '',
  selection: '',
  cell: '',
  error: '',
  trace: '',
  progress: ''
};

describe('the chip of what is asked about', () => {
  let widget: ReactWidget | null = null;
  afterEach(() => React.act(() => widget?.dispose()));

  function shown(about: Partial<IAbout> | null, found = NOTHING): string[] {
    const field = new Field<IAbout | null>(
      about && { about: null, selection: '', cell: '', error: '', ...about }
    );
    const surroundings = {
      about: field,
      consent: new Field({
        document: true,
        selection: true,
        cell: true,
        error: true
      }),
      found: () => found,
      changed: new Signal({})
    } as unknown as Surroundings;
    const made = ReactWidget.create(
      <ContextChips
        surroundings={surroundings}
        labelOf={id => id.split(':').pop() ?? ''}
        showSent={() => undefined}
        trans={nullTranslator.load('nanochat_learn')}
      />
    );
    widget = made;
    React.act(() => {
      Widget.attach(made, document.body);
      MessageLoop.flush();
    });
    return [...made.node.querySelectorAll('.jp-NanochatLearn-contextChip')].map(
      chip => (chip.textContent ?? '').replace(' ✕', '')
    );
  }

  it.each([
    ['x = 1', '1 line of turn'],
    ['x = 1\n', '1 line of turn'],
    ['x = 1\n\ny = 2', '3 lines of turn'],
    ['x = 1\n\ny = 2\n', '3 lines of turn'],
    ['', 'about turn']
  ])('counts the lines of a node: %j', (selection, words) => {
    expect(shown({ about: 'a.py:turn' as NodeId, selection })).toEqual([words]);
  });

  it('names what belongs to no node', () => {
    expect(shown({ selection: 'x\ny' })).toEqual(['about the selected lines']);
    expect(shown({ cell: 'x' })).toEqual(['about this cell']);
    expect(shown({ error: 'Traceback\nValueError: no' })).toEqual([
      'about ValueError: no'
    ]);
  });

  it('counts a selection that goes along in the same way', () => {
    const selection = 'x = 1\ny = 2\n';
    expect(shown(null, { ...NOTHING, selection })).toEqual([
      '2 selected lines'
    ]);
  });
});
