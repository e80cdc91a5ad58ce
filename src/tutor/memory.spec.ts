import { describe, expect, it } from 'vitest';

import { Memory } from './memory';

/** A browser's storage, and a page that can be loaded again. */
function browser(kept = new Map<string, string>()) {
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value)
  };
  return { kept, load: (place = '/') => new Memory(place, storage) };
}

describe('the memory of the box', () => {
  it('keeps what is typed, and a question nobody has confirmed', () => {
    const { load } = browser();
    load().keepDraft('Half a');
    expect(load().draft).toBe('Half a');
    const memory = load();
    memory.keepDraft('');
    memory.keepUnsent('Anybody?');
    expect(load().draft).toBe('Anybody?');
    memory.keepUnsent('');
    expect(load().draft).toBe('');
  });

  it('knows the conversation of each workspace, and of each server', () => {
    const { load } = browser();
    load().keepConversation('one', 'a' as never);
    load().keepConversation('two', 'b' as never);
    expect(load().conversation('one')).toBe('a');
    expect(load().conversation('two')).toBe('b');
    expect(load('/user/x/').conversation('one')).toBeNull();
    load().keepConversation('one', null);
    expect(load().conversation('one')).toBeNull();
  });

  it.each(['', 'no json', '[1]', '7', '{"draft": 7, "open": {"x": {}}}'])(
    'begins anew where %s is kept',
    value => {
      const { load } = browser(new Map([['nanochat-learn:tutor:/', value]]));
      expect(load().draft).toBe('');
      expect(load().conversation('x')).toBeNull();
    }
  );

  it('works where the browser forbids storage', () => {
    const memory = new Memory('/', {
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      }
    });
    memory.keepDraft('Half a');
    expect(memory.draft).toBe('Half a');
  });
});
