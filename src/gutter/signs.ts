/**
 * How each kind of tag looks and what it is called: a glyph of its own, a class for
 * its colour, a sentence. Never told by colour alone.
 */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Tag } from './tags';

type Sign = Tag['kind'];

const GLYPHS: Readonly<Record<Sign, string>> = {
  learn: '◆',
  def: '✚',
  viz: '▣',
  todo: '?',
  malformed: '⚠'
};

/** What needs the learner's eye first stands first when several share a row. */
const URGENCY: readonly Sign[] = ['malformed', 'learn', 'def', 'viz', 'todo'];

export function glyphOf(kind: Sign): string {
  return GLYPHS[kind];
}

/** The kind that speaks for a group of tags on one row. */
export function leadingKind(tags: readonly Tag[]): Sign {
  return (
    URGENCY.find(kind => tags.some(tag => tag.kind === kind)) ?? 'malformed'
  );
}

/** What is wrong with a mistyped tag, with the likely intent. */
export function describeMalformed(
  intent: string,
  trans: TranslationBundle
): string {
  return intent === ''
    ? trans.__(
        'This looks like a tag, but names nothing. Write for example “# @learn:attention.rope”.'
      )
    : trans.__('This looks like a mistyped tag. Did you mean “%1”?', intent);
}
