/** The words for gaps. Sentences come from the server; their names are here. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { Gap } from '../api/types.gen';
import type { IWaitingWords } from '../parts/waiting';

export function kindName(kind: Gap['kind'], trans: TranslationBundle): string {
  switch (kind) {
    case 'malformed_tag':
      return trans.__('Mistyped tag');
    case 'duplicate_concept':
      return trans.__('Concept defined twice');
    case 'broken_note':
      return trans.__('Note that cannot be read');
    case 'unresolved_link':
      return trans.__('Link that leads nowhere');
    case 'prerequisite_cycle':
      return trans.__('Concepts that need each other');
    case 'missing_code':
      return trans.__('Note about code that is not there');
    case 'stale_note':
      return trans.__('Note older than its code');
    case 'unknown_concept':
      return trans.__('Unknown concept');
    case 'unreadable_file':
      return trans.__('File that cannot be read');
    case 'concept_without_note':
      return trans.__('Concept without a note');
    case 'note_without_code':
      return trans.__('Note without code');
    case 'planned_picture':
      return trans.__('Picture still to come');
    case 'unexplained_symbol':
      return trans.__('Code that no concept explains');
    case 'todo_explain':
      return trans.__('Explanation asked for');
    default:
      return kind satisfies never;
  }
}

/** One word for what the report calls error and warning. */
export function severityName(
  severity: Gap['severity'],
  trans: TranslationBundle
): string {
  return severity === 'error' ? trans.__('Wrong') : trans.__('Missing');
}

export function placeName(gap: Gap, trans: TranslationBundle): string {
  const { file_path, line, cell } = gap;
  if (line === 0) {
    return file_path;
  }
  return cell === null
    ? trans.__('%1, line %2', file_path, line)
    : trans.__('%1, line %2 of a cell', file_path, line);
}

/** What the panel says of itself before there is a report. */
export function waitingWords(trans: TranslationBundle): IWaitingWords {
  return {
    loading: trans.__('Loading the gaps…'),
    reading: trans.__('Reading the code and the notes…'),
    notIndexed: name =>
      trans.__('Nobody has looked for gaps in “%1” yet.', name),
    indexing: trans.__(
      'Indexing reads the code and the notes, and finds what is missing between them.'
    )
  };
}
