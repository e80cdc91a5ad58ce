/**
 * Which part of the conversation is in view: the last question, and below it the answer
 * while it grows. An answer is read from its beginning, so the view stops where the
 * question reaches the top, and stays wherever the learner scrolls to. (The list's own
 * rule, to stay at the end, needs somebody who has scrolled there first.)
 */

/** How far from its place the view may be and still follow, in pixels. */
const NEAR = 40;
const MESSAGE = '.jp-chat-message';
/** What a learner scrolls with; all other scrolling is the list's or ours. */
const BY_HAND = ['wheel', 'pointerdown', 'touchmove', 'keydown'] as const;
/** Milliseconds for which a scrolling belongs to the hand that began it. */
const A_WHILE = 1000;

/** Follow in `list`, the element around the message list; `again` begins anew. */
export function followLast(list: HTMLElement): {
  again(): void;
  dispose(): void;
} {
  let following = true;
  let scroller: HTMLElement | null = null;
  const place = (): number => {
    if (scroller === null) {
      return 0;
    }
    const messages = scroller.querySelectorAll<HTMLElement>(MESSAGE);
    const question = messages[Math.max(0, messages.length - 2)];
    const end = scroller.scrollHeight - scroller.clientHeight;
    if (question === undefined) {
      return end;
    }
    const top =
      question.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop;
    return Math.max(0, Math.min(end, top - 8));
  };
  const go = (): void => {
    if (following && scroller !== null) {
      scroller.scrollTop = place();
    }
  };
  let touched = -A_WHILE;
  const touch = (): void => {
    touched = performance.now();
  };
  const look = (): void => {
    if (performance.now() - touched > A_WHILE) {
      go();
    } else {
      following =
        scroller !== null && Math.abs(scroller.scrollTop - place()) < NEAR;
    }
  };
  const leave = (): void => {
    scroller?.removeEventListener('scrollend', look);
    BY_HAND.forEach(hand => scroller?.removeEventListener(hand, touch));
  };
  const sizes = new ResizeObserver(go);
  const begin = (): void => {
    const content = list.querySelector('.jp-chat-messages-container');
    const found = content?.parentElement?.parentElement ?? null;
    if (content === null || found === null || found === scroller) {
      return;
    }
    leave();
    scroller = found;
    scroller.addEventListener('scrollend', look);
    BY_HAND.forEach(hand =>
      found.addEventListener(hand, touch, { passive: true })
    );
    sizes.disconnect();
    sizes.observe(content);
  };
  const grown = new MutationObserver(begin);
  grown.observe(list, { childList: true, subtree: true });
  begin();
  return {
    again: () => {
      following = true;
      go();
    },
    dispose: () => {
      grown.disconnect();
      sizes.disconnect();
      leave();
    }
  };
}
