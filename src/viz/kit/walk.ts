/** The arrow keys: ways in a plane, as steps to the right and down. */
export const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
};

/** They walk a row of controls, round and round; one of these is a stop for Tab. */
export function walk(
  nodes: readonly HTMLElement[],
  /** Before the focus goes there. */
  go: (index: number) => void = () => undefined,
  /** Which keys step, and by how many. */
  keys: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
): void {
  nodes.forEach((node, index) =>
    node.addEventListener('keydown', event => {
      const step = keys[event.key];
      if (step !== undefined) {
        event.preventDefault();
        const next = (index + step + nodes.length) % nodes.length;
        go(next);
        nodes[next]?.focus();
      }
    })
  );
}
