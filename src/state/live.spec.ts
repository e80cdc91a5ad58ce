import type { Event } from '@jupyterlab/services';
import { Stream } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';

import { CHANGED_EVENT } from '../api/types.gen';
import { keepUpToDate } from './live';

function made() {
  const session = {
    heard: vi.fn(async () => undefined),
    lookAgain: vi.fn(async () => undefined)
  };
  const stream = new Stream<Event.IManager, Event.Emission>(
    {} as Event.IManager
  );
  const undo = keepUpToDate(session, stream, window);
  return { session, stream, undo };
}

const changed = {
  schema_id: CHANGED_EVENT,
  prefix: 'a',
  content_hash: '1',
  errors: 0,
  warnings: 2
};

describe('keepUpToDate', () => {
  it('hands our event on, and no other', () => {
    const { session, stream, undo } = made();
    stream.emit({
      schema_id: 'https://events.jupyter.org/jupyter_server/contents_service/v1'
    });
    expect(session.heard).not.toHaveBeenCalled();
    stream.emit(changed);
    expect(session.heard).toHaveBeenCalledWith(changed);
    undo();
  });

  it('looks again when the learner comes back to the window', () => {
    const { session, undo } = made();
    window.dispatchEvent(new FocusEvent('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(session.lookAgain).toHaveBeenCalledTimes(2);
    undo();
  });

  it('does not look while the page is hidden', () => {
    const { session, undo } = made();
    const state = vi
      .spyOn(document, 'visibilityState', 'get')
      .mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    state.mockRestore();
    expect(session.lookAgain).not.toHaveBeenCalled();
    undo();
  });

  it('ends with everything it began', () => {
    const { session, stream, undo } = made();
    undo();
    stream.emit(changed);
    window.dispatchEvent(new FocusEvent('focus'));
    expect(session.heard).not.toHaveBeenCalled();
    expect(session.lookAgain).not.toHaveBeenCalled();
  });
});
