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
// jsdom has no idle time; JupyterLab's React widgets and dialogs wait for it.
globalThis.requestIdleCallback ??= work =>
  setTimeout(() => work({ didTimeout: false, timeRemaining: () => 0 }), 0);
