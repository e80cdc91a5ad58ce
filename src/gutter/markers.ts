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
  BlockType,
  type EditorView,
  gutter,
  GutterMarker
} from '@codemirror/view';

import { candidates, mayHaveTags, sameTag } from './candidates';
import { shownOn } from './folding';
import { isLit } from './lighting';
import { glyphOf, leadingKind } from './signs';
import type { Tag } from './tags';

class TagMarker extends GutterMarker {
  constructor(
    readonly tags: readonly Tag[],
    private readonly _lit: boolean
  ) {
    super();
  }

  override eq(other: GutterMarker): boolean {
    return (
      other instanceof TagMarker &&
      other._lit === this._lit &&
      other.tags.length === this.tags.length &&
      other.tags.every((tag, n) => sameTag(tag, this.tags[n] ?? tag))
    );
  }

  override toDOM(): Node {
    const kind = leadingKind(this.tags);
    const node = document.createElement('span');
    node.className = `jp-NanochatLearn-marker jp-mod-${kind}`;
    node.classList.toggle('jp-mod-pointedAt', this._lit);
    node.textContent = glyphOf(kind);
    node.dataset.tags = this.tags.map(nameOf).join(' ');
    if (this.tags.length > 1) {
      const count = document.createElement('sub');
      count.textContent = String(this.tags.length);
      node.append(count);
    }
    return node;
  }
}

function nameOf(tag: Tag): string {
  return tag.kind === 'malformed' ? tag.intent : tag.target;
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
  return mayHaveTags(state) ? WIDE : NARROW;
}

/** The tags of one row of the screen, with those that are folded away into it. */
export function tagsOfRow(view: EditorView, row: BlockInfo): Tag[] {
  return shownOn(view.state, row.from, row.to).map(({ tag }) => tag);
}

export interface IGutterEvents {
  /** The tags of the row that was clicked. */
  readonly choose: (tags: readonly Tag[], event: MouseEvent) => void;
  /** The tags of the row under the pointer; null when it left the gutter. */
  readonly hover: (
    view: EditorView,
    place: number,
    tags: readonly Tag[] | null
  ) => void;
}

/** The gutter as an extension. */
export function tagGutter({ choose, hover }: IGutterEvents): Extension {
  return [
    candidates,
    gutter({
      class: 'jp-NanochatLearn-gutter',
      markers: markersInView,
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
        },
        mouseover(view, row) {
          hover(view, row.from, tagsOfRow(view, row));
          return false;
        },
        mouseleave(view, row) {
          hover(view, row.from, null);
          return false;
        }
      }
    })
  ];
}

function markersInView(view: EditorView): RangeSet<GutterMarker> {
  if (!mayHaveTags(view.state)) {
    return RangeSet.empty;
  }
  const markers = new RangeSetBuilder<GutterMarker>();
  for (const row of view.viewportLineBlocks) {
    if (row.type === BlockType.WidgetRange) {
      continue; // folded away: the line below shows its tags
    }
    const tags = tagsOfRow(view, row);
    if (tags.length > 0) {
      const marker = new TagMarker(tags, isLit(view.state, tags));
      markers.add(row.from, row.from, marker);
    }
  }
  return markers.finish();
}
