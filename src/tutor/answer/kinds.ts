/** The kinds of nodes in words and signs, and where a citation stands. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Citation } from '../../api/types.gen';

type Kind = Citation['type'];

/** A sign for eyes; screen readers get the word. */
export const SIGNS: Readonly<Record<Kind, string>> = {
  file: '▤',
  class: '◫',
  function: 'ƒ',
  concept: '◆',
  lesson: '▶',
  viz: '◉',
  external: '↗'
};

export function kindName(kind: Kind, trans: TranslationBundle): string {
  switch (kind) {
    case 'file':
      return trans.__('file');
    case 'class':
      return trans.__('class');
    case 'function':
      return trans.__('function');
    case 'concept':
      return trans.__('concept');
    case 'lesson':
      return trans.__('lesson');
    case 'viz':
      return trans.__('picture');
    case 'external':
      return trans.__('library');
  }
}

/** `function in nanochat/gpt.py, line 40`; where a note lies tells a learner nothing. */
export function placeName(
  { type, file_path, line }: Pick<Citation, 'type' | 'file_path' | 'line'>,
  trans: TranslationBundle
): string {
  const kind = kindName(type, trans);
  if (
    file_path === null ||
    file_path === '' ||
    type === 'concept' ||
    type === 'viz'
  ) {
    return kind;
  }
  return line === null || line < 1
    ? trans.__('%1 in %2', kind, file_path)
    : trans.__('%1 in %2, line %3', kind, file_path, line);
}
