import { describe, expect, it } from 'vitest';

import contract from '../../tests/contracts/tags.json';
import { findInLine, readComment } from './tags';

describe('the grammar shared with the indexer', () => {
  it.each(contract.tags)('reads $comment', ({ comment, kind, target }) => {
    expect(readComment(comment)).toEqual({ kind, target });
  });

  it.each(contract.malformed)('doubts $comment', ({ comment, hint }) => {
    expect(readComment(comment)).toEqual({ kind: 'malformed', intent: hint });
  });

  it.each(contract.plain)('leaves %s alone', comment => {
    expect(readComment(comment)).toBeNull();
  });

  it('never proposes what it would doubt itself', () => {
    const words = ['attention', 'RoPE', '.', '..', ' ', '-', 'é', '_', ':', ''];
    for (const kind of [
      'lern',
      'Learn',
      'deff',
      'VIZ',
      'tod',
      'todo:explain'
    ]) {
      for (const a of words) {
        for (const b of words) {
          for (const c of words) {
            const tag = readComment(`# @${kind}:${a}${b}${c}`);
            if (tag?.kind === 'malformed' && tag.intent !== '') {
              expect(readComment(tag.intent)?.kind).not.toBe('malformed');
              expect(readComment(tag.intent)).not.toBeNull();
            }
          }
        }
      }
    }
  });
});

describe('findInLine', () => {
  it('says where the tag stands', () => {
    const line = 'x = 1  #  @learn:a.b  ';
    const [found] = findInLine(line);
    expect(line.slice(found?.from, found?.to)).toBe('#  @learn:a.b');
    expect(line.slice(found?.at, found?.to)).toBe('@learn:a.b');
  });

  it('offers every # of the line, since it cannot tell strings from comments', () => {
    const found = findInLine("s = '# @learn:a'  # @viz:b");
    expect(found.map(({ tag }) => tag.kind)).toEqual(['malformed', 'viz']);
  });
});
