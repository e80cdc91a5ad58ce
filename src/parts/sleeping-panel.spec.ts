import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { afterEach, describe, expect, it } from 'vitest';

import { Field } from '../state/field';
import type { ISession } from '../tokens';
import { SleepingPanel } from './sleeping-panel';

class Sample extends SleepingPanel {
  woken = 0;
  slept = 0;
  heard = 0;

  constructor(readonly session: ISession) {
    super(session, 'Sample', 'sample');
    session.status.changed.connect(this._hear, this);
  }

  protected override wake(): void {
    super.wake();
    this.woken++;
  }

  protected override sleep(): void {
    this.slept++;
  }

  protected override render(): null {
    return null;
  }

  private _hear(): void {
    this.heard++;
  }
}

function sessionOf(kind: string) {
  const asked: string[] = [];
  const session = {
    status: new Field<unknown>({ kind }),
    refresh: async () => {
      asked.push('refresh');
    }
  };
  return { asked, session: session as unknown as ISession };
}

describe('SleepingPanel', () => {
  let panel: Sample | null = null;
  afterEach(() => panel?.dispose());

  function open(kind: string, hidden: boolean) {
    const made = sessionOf(kind);
    panel = new Sample(made.session);
    panel.setHidden(hidden);
    Widget.attach(panel, document.body);
    MessageLoop.flush();
    return { ...made, panel };
  }

  it('asks for nothing while hidden, once when shown, and never again', () => {
    const { asked, panel: made } = open('nothing', true);
    expect([asked, made.woken]).toEqual([[], 0]);
    made.show();
    made.hide();
    made.show();
    expect([asked, made.woken]).toEqual([['refresh'], 2]);
  });

  it('sleeps when it is hidden, taken away or disposed, and then for good', () => {
    const { panel: made } = open('ready', false);
    made.hide();
    expect([made.woken, made.slept]).toEqual([1, 1]);
    made.show();
    Widget.detach(made);
    expect([made.woken, made.slept]).toEqual([2, 2]);
    made.dispose();
    made.dispose();
    expect([made.woken, made.slept]).toEqual([2, 3]);
  });

  it('does not ask for what is there', () => {
    const { asked, panel: made } = open('ready', false);
    expect([asked, made.woken]).toEqual([[], 1]);
  });

  it('hears nothing of the session once it is disposed', () => {
    const { session, panel: made } = open('ready', false);
    made.dispose();
    session.status.set({ kind: 'nothing' });
    expect(made.heard).toBe(0);
  });

  it('has a name for screen readers and can take the focus', () => {
    const { node } = open('ready', false).panel;
    expect(node.getAttribute('role')).toBe('region');
    expect(node.getAttribute('aria-label')).toBe('Sample');
    node.focus();
    expect(document.activeElement).toBe(node);
  });
});
