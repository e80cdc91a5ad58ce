/** Arrow keys walk a row of controls, round and round; one of them is a stop for Tab. */
export function walk(
  nodes: readonly HTMLElement[],
  /** Before the focus goes there. */
  go: (index: number) => void = () => undefined
): void {
  nodes.forEach((node, index) =>
    node.addEventListener('keydown', event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        const next = (index + step + nodes.length) % nodes.length;
        go(next);
        nodes[next]?.focus();
      }
    })
  );
}
