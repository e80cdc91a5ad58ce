/** Theme, motion and language as pictures are told them, now and at every change. */
import type { IThemeManager } from '@jupyterlab/apputils';

import type { IPictureEnv } from './picture';

/** How it is now. */
export function envNow(
  themes: IThemeManager | null,
  lang: string
): IPictureEnv {
  return {
    theme: themeOf(themes),
    reducedMotion: motionQuery().matches,
    lang
  };
}

function motionQuery(): MediaQueryList {
  return window.matchMedia('(prefers-reduced-motion: reduce)');
}

/** Calls `tell` at every change, until `signal` aborts. */
export function watchEnv(
  themes: IThemeManager | null,
  lang: string,
  tell: (env: IPictureEnv) => void,
  signal: AbortSignal
): void {
  const say = (): void => tell(envNow(themes, lang));
  motionQuery().addEventListener('change', say, { signal });
  themes?.themeChanged.connect(say);
  signal.addEventListener('abort', () => themes?.themeChanged.disconnect(say));
}

function themeOf(themes: IThemeManager | null): IPictureEnv['theme'] {
  const light =
    themes?.theme == null
      ? document.body.dataset.jpThemeLight !== 'false'
      : themes.isLight(themes.theme);
  return light ? 'light' : 'dark';
}
