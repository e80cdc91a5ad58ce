import { describe, expect, it } from 'vitest';

import { errorOf } from './cell-error';

const failed = (traceback: string[]) => ({
  outputs: [
    { output_type: 'stream', text: 'before' },
    { output_type: 'error', ename: 'KeyError', evalue: "'x'", traceback }
  ]
});

describe('the error of a cell', () => {
  it('is its traceback without colours', () => {
    expect(errorOf(failed(['\u001b[0;31mKeyError\u001b[0m', 'at 1']))).toBe(
      'KeyError\nat 1'
    );
  });

  it('is name and reason where there is no traceback', () => {
    expect(errorOf(failed([]))).toBe("KeyError: 'x'");
  });

  it.each([[{}], [{ outputs: [] }], [{ outputs: 'no list' }]])(
    'is empty for %j',
    cell => {
      expect(errorOf(cell)).toBe('');
    }
  );
});
