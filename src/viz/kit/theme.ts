/**
 * Colours: JupyterLab's variables where there are any, else our own for light and dark.
 * The two data colours are fixed and told apart by every kind of eye (blue and orange).
 */
import type { IModel, Leaving } from './host';

interface IEnv {
  readonly theme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
}

const BASE = `
.nl-root{--nl-text:var(--jp-ui-font-color1,#212121);--nl-soft:var(--jp-ui-font-color2,#5c5c5c);
--nl-back:var(--jp-layout-color1,#fff);--nl-line:var(--jp-border-color1,#bdbdbd);
--nl-one:#0072b2;--nl-two:#b35000;--nl-three:#00785a;--nl-four:#a8477f;color:var(--nl-text);background:var(--nl-back);
font:13px/1.45 var(--jp-ui-font-family,system-ui,sans-serif);box-sizing:border-box;max-width:100%;
position:relative;padding:4px}
.nl-root[data-theme=dark]{--nl-text:var(--jp-ui-font-color1,#eee);--nl-soft:var(--jp-ui-font-color2,#bbb);
--nl-back:var(--jp-layout-color1,#111);--nl-line:var(--jp-border-color1,#666);--nl-one:#56b4e9;--nl-two:#f0a35e;
--nl-three:#3fc79a;--nl-four:#e59ac6}
.nl-root{--nl-hatching:repeating-linear-gradient(135deg,transparent 0 4px,var(--nl-line) 4px 5px)}
.nl-hatched{background:var(--nl-hatching)}
.nl-root *{box-sizing:border-box}
.nl-root button{font:inherit;color:inherit;background:transparent;border:1px solid var(--nl-soft);
border-radius:3px;padding:2px 10px;cursor:pointer}
.nl-root p{margin:6px 0}
.nl-question{border-left:3px solid var(--nl-one);padding:2px 8px;margin:8px 0;min-height:5.2em}
.nl-question button{margin:0 8px 4px 0}
.nl-question button[aria-disabled=true]{color:var(--nl-soft);cursor:default}
.nl-live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.nl-controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(200px,100%),1fr));gap:8px 16px;align-items:center}
.nl-check{display:flex;gap:6px;align-items:baseline}
.nl-choice{display:flex;flex-wrap:wrap;gap:4px}
.nl-choice label{display:flex;gap:5px;align-items:center;padding:2px 8px 2px 5px;border:1px solid var(--nl-line);border-radius:12px;cursor:pointer}
.nl-choice label:has(:checked){border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-choice input{margin:0;accent-color:var(--nl-one)}
.nl-root :focus-visible{outline:2px solid var(--jp-focus-outline-color,var(--nl-one));outline-offset:1px}
.nl-slider{display:grid;grid-template-columns:1fr 3ch;gap:0 8px;align-items:center}
.nl-slider span{grid-column:1/-1}.nl-slider input{width:100%;margin:0}
.nl-slider output{text-align:right;font-variant-numeric:tabular-nums}
.nl-root table{border-collapse:collapse;font-variant-numeric:tabular-nums;display:block;overflow-x:auto}
.nl-root th,.nl-root td{padding:1px 6px;text-align:right;border-bottom:1px solid var(--nl-line)}
`;

/**
 * Put the styles into the root and follow the host: theme, and motion or cuts. The
 * picture's own styles hold in its own root only (`.nl-root` or `&` in them), so that
 * pictures on one page do not dress each other.
 */
export function dress(
  model: IModel,
  root: HTMLElement,
  leaving: Leaving,
  css: string
): void {
  const style = document.createElement('style');
  const name = nameOf(css);
  root.dataset.style = name;
  style.textContent = `${BASE}.nl-root[data-style="${name}"]{${css.replaceAll('.nl-root', '&')}}`;
  root.append(style);
  const follow = (): void => {
    root.dataset.theme = env(model).theme ?? 'light';
    root.dataset.motion = still(model) ? 'cut' : 'smooth';
  };
  follow();
  leaving.watch(model, 'change:env', follow);
}

/** Whether motion is to be cuts: the host's word, else the system's. */
export function still(model: IModel): boolean {
  return (
    env(model).reducedMotion ??
    matchMedia('(prefers-reduced-motion: reduce)').matches
  );
}

/** Equal styles, equal name; a name is a small fingerprint of the text. */
function nameOf(css: string): string {
  let mark = 0;
  for (const letter of css) {
    mark = (Math.imul(mark, 31) + letter.charCodeAt(0)) | 0;
  }
  return (mark >>> 0).toString(36);
}

function env(model: IModel): IEnv {
  return (model.get('env') ?? {}) as IEnv;
}
