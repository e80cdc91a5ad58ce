/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
.nl-row-name{position:sticky;left:0;width:max-content;max-width:100%;margin:4px 0 0;color:var(--nl-soft);font-size:12px}
.nl-belts{overflow-x:auto;container-type:inline-size;padding:2px 0 6px;--nl-step:58px}
.nl-belt,.nl-belts .nl-tiles{display:flex;flex-wrap:nowrap;gap:0;padding:3px 0;margin:0;width:max-content}
.nl-root .nl-belts .nl-tile,.nl-under{flex:0 0 auto;width:calc(var(--nl-step) - 4px);margin:0 2px;min-height:44px;font-size:12px;padding:2px 1px}
.nl-belts .nl-tile-text{font-size:12px;line-height:1.15}
.nl-belts .nl-tile{--nl-tile:var(--nl-line)}
.nl-belts .nl-tile[data-kind=read]{--nl-tile:var(--nl-one)}
.nl-belts .nl-tile[data-kind=last]{opacity:.75;border-style:dashed}
.nl-under{border:1px solid var(--nl-line);border-radius:3px;text-align:center;padding:2px 1px;line-height:1.15;overflow-wrap:anywhere;font-family:var(--jp-code-font-family,ui-monospace,monospace);display:grid;align-content:center}
.nl-under small{font-size:11px;color:var(--nl-soft);font-family:var(--jp-ui-font-family,system-ui,sans-serif)}
.nl-under[data-answer]{border:2px solid var(--nl-two);background:color-mix(in srgb,var(--nl-two) 22%,var(--nl-back));font-weight:700}
.nl-under[data-none]{color:var(--nl-soft);border-style:dashed;font-weight:400}
.nl-under[data-none][data-answer]{background:none}
.nl-belt{transition:transform .5s}
&[data-motion=cut] .nl-belt{transition:none}
.nl-belt[data-moved]{transform:translateX(calc(-1*var(--nl-step)))}
.nl-belt[data-moved] .nl-under:first-child{visibility:hidden}
.nl-slider{max-width:360px;margin:6px 0}
.nl-count{min-height:2.9em}
.nl-how{min-height:4.4em;font-weight:600}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
