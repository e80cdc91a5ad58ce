// What jsdom lacks and JupyterLab's modules touch while they load.
globalThis.DragEvent ??= class DragEvent extends Event {};
globalThis.matchMedia ??= query => ({
  matches: false,
  media: query,
  addEventListener() {},
  removeEventListener() {}
});
globalThis.ResizeObserver ??= class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
};
