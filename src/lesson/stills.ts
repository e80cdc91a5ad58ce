/**
 * Stills in rendered Markdown cells become the live picture: `![…](pictures/<id>.svg)` stays
 * until the module has drawn, and comes back when it leaves. Where the module is missing,
 * the still is the picture.
 */
import type { PictureId } from '../api/types.gen';
import { element } from '../markdown/dom';
import { keepKeys } from '../parts/keep-keys';
import type { Pictures } from '../pictures/pictures';
import { shownBy } from '../state/graph';
import type { ISession } from '../tokens';
import { followRendered } from './rendered';

const STILL = /(?:^|\/)pictures\/([a-z0-9_]+)\.svg(?:[?#]|$)/;

/** The id of the picture that an address of a still names; null for any other image. */
export function pictureIn(address: string): PictureId | null {
  return (STILL.exec(address)?.[1] as PictureId | undefined) ?? null;
}

/**
 * Follow a notebook's node: what is rendered in it, now and later, until `signal` aborts.
 * Cells out of sight are taken from the page; their pictures leave and come back with them.
 */
export function enliven(
  node: HTMLElement,
  pictures: Pictures,
  session: ISession,
  signal: AbortSignal
): void {
  const live = new Map<HTMLImageElement, AbortController>();
  followRendered(
    node,
    cells => {
      for (const [still, leaving] of live) {
        if (!node.contains(still)) {
          live.delete(still);
          leaving.abort();
        }
      }
      for (const still of [...cells].flatMap(cell => [
        ...cell.querySelectorAll('img')
      ])) {
        const id = live.has(still)
          ? null
          : pictureIn(still.getAttribute('src') ?? '');
        if (id !== null) {
          const leaving = new AbortController();
          live.set(still, leaving);
          void draw(still, id, pictures, session, leaving.signal);
        }
      }
    },
    signal
  );
  signal.addEventListener('abort', () =>
    live.forEach(leaving => leaving.abort())
  );
}

async function draw(
  still: HTMLImageElement,
  id: PictureId,
  pictures: Pictures,
  session: ISession,
  signal: AbortSignal
): Promise<void> {
  const stage = element('div', {
    class: 'jp-NanochatLearn-stage jp-NanochatLearn-livePicture jp-mod-waiting',
    attributes: { role: 'group', 'aria-label': still.alt || id }
  });
  const on = { signal };
  stage.addEventListener('keydown', keepKeys, on);
  // A double click on a Markdown cell opens its source.
  stage.addEventListener('dblclick', event => event.stopPropagation(), on);
  still.after(stage);
  const leave = (): void => {
    stage.remove();
    still.hidden = false;
  };
  signal.addEventListener('abort', leave);
  try {
    await pictures.mount(shownBy(session, id), stage, {}, signal);
    if (!signal.aborted) {
      stage.classList.remove('jp-mod-waiting');
      still.hidden = true;
    }
  } catch (thrown) {
    console.warn(`Picture ${id}:`, thrown);
    leave();
  }
}
