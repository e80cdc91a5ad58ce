/** Rendered Markdown cells of a notebook, now and whenever they change. Not what is done to them. */

const RENDERED = '.jp-MarkdownCell .jp-RenderedMarkdown';
/** A live picture and an editor change all the time, and are not ours to look through. */
const OWN = '.jp-NanochatLearn-livePicture, .cm-editor';

/** `look` is called at once, and in a frame after something has changed, until `signal` aborts. */
export function followRendered(
  node: HTMLElement,
  look: (cells: NodeListOf<HTMLElement>) => void,
  signal: AbortSignal
): void {
  let frame = 0;
  const now = (): void => {
    frame = 0;
    look(node.querySelectorAll<HTMLElement>(RENDERED));
  };
  const observer = new MutationObserver(records => {
    const ours = records.every(
      ({ target }) =>
        target.parentElement?.closest(OWN) ??
        (target instanceof Element && target.matches(OWN))
    );
    if (!ours) {
      frame ||= requestAnimationFrame(now);
    }
  });
  observer.observe(node, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['src']
  });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });
  now();
}
