/**
 * The gutter: one marker per row that has tags, a count when several share a row
 * (folded code). Drawn for rows in view only; the cost is per visible row.
 */
import { syntaxTree } from '@codemirror/language';
import {
  type EditorState,
  type Extension,
  RangeSet,
  RangeSetBuilder
} from '@codemirror/state';
import {
  type BlockInfo,
  type EditorView,
  gutter,
  GutterMarker
} from '@codemirror/view';
import type { TranslationBundle } from '@jupyterlab/translation';

import { candidates, sameTag, tagsBetween } from './candidates';
import { describeTag, glyphOf, leadingKind } from './signs';
import type { Tag } from './tags';

class TagMarker extends GutterMarker {
  constructor(
    readonly tags: readonly Tag[],
    private readonly _trans: TranslationBundle
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return (
      other instanceof TagMarker &&
      other.tags.length === this.tags.length &&
      other.tags.every((tag, n) => sameTag(tag, this.tags[n] ?? tag))
    );
  }

  override toDOM(): Node {
    const kind = leadingKind(this.tags);
    const node = document.createElement('span');
    node.className = `jp-NanochatLearn-marker jp-mod-${kind}`;
    node.textContent = glyphOf(kind);
    node.title = this.tags.map(tag => describeTag(tag, this._trans)).join('\n');
    if (this.tags.length > 1) {
      const count = document.createElement('sub');
      count.textContent = String(this.tags.length);
      node.append(count);
    }
    return node;
  }
}

/**
 * Keeps the gutter's width while tags scroll in and out of view. Without any tag it
 * is empty, and the stylesheet hides a gutter that has nothing to show.
 */
class Spacer extends GutterMarker {
  constructor(private readonly _wide: boolean) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return other instanceof Spacer && other._wide === this._wide;
  }

  override toDOM(): Node {
    const node = document.createElement('span');
    if (this._wide) {
      node.className = 'jp-NanochatLearn-spacer';
      node.textContent = glyphOf('learn');
    }
    return node;
  }
}

const WIDE = new Spacer(true);
const NARROW = new Spacer(false);

function spacer(state: EditorState): Spacer {
  return (state.field(candidates, false)?.size ?? 0) > 0 ? WIDE : NARROW;
}

/** The tags of one row of the screen; a folded row holds those of its hidden lines. */
export function tagsOfRow(view: EditorView, row: BlockInfo): Tag[] {
  return tagsBetween(view.state, row.from, row.to).map(({ tag }) => tag);
}

/**
 * The gutter as an extension.
 *
 * `choose` is called with the tags of the row that was clicked.
 */
export function tagGutter(
  trans: TranslationBundle,
  choose: (tags: readonly Tag[], event: MouseEvent) => void
): Extension {
  return [
    candidates,
    gutter({
      class: 'jp-NanochatLearn-gutter',
      markers: view => markersInView(view, trans),
      initialSpacer: view => spacer(view.state),
      updateSpacer: (_, update) => spacer(update.state),
      lineMarkerChange: update =>
        syntaxTree(update.startState) !== syntaxTree(update.state),
      domEventHandlers: {
        mousedown(view, row, event) {
          const tags = tagsOfRow(view, row);
          if (tags.length === 0 || (event as MouseEvent).button !== 0) {
            return false;
          }
          choose(tags, event as MouseEvent);
          event.preventDefault();
          return true;
        }
      }
    })
  ];
}

function markersInView(
  view: EditorView,
  trans: TranslationBundle
): RangeSet<GutterMarker> {
  if ((view.state.field(candidates, false)?.size ?? 0) === 0) {
    return RangeSet.empty;
  }
  const markers = new RangeSetBuilder<GutterMarker>();
  for (const row of view.viewportLineBlocks) {
    const tags = tagsOfRow(view, row);
    if (tags.length > 0) {
      markers.add(row.from, row.from, new TagMarker(tags, trans));
    }
  }
  return markers.finish();
}
