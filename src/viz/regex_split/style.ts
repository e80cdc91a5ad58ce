/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
.nl-root{--nl-space:var(--nl-soft)}
[data-kind="0"]{--nl-tile:var(--nl-four)}
[data-kind="1"]{--nl-tile:var(--nl-one)}
[data-kind="2"]{--nl-tile:var(--nl-two)}
[data-kind="3"]{--nl-tile:var(--nl-three)}
:is([data-kind="4"],[data-kind="5"],[data-kind="6"]){--nl-tile:var(--nl-space)}
.nl-root .nl-tile:is([data-kind="4"],[data-kind="5"],[data-kind="6"]){border-style:dashed;border-bottom-width:3px}
.nl-tile-text{font-size:16px}
.nl-how{min-height:2.9em}
.nl-rules{list-style:none;margin:6px 0;padding:0;display:grid;gap:2px}
.nl-rules li{display:grid;grid-template-columns:22px minmax(0,1fr) auto;gap:0 8px;padding:2px 6px;border-left:4px solid var(--nl-tile)}
.nl-rules li[data-chosen]{background:color-mix(in srgb,var(--nl-tile) 18%,var(--nl-back));outline:1px solid var(--nl-text)}
.nl-rules code{grid-column:2;font:12px/1.3 var(--jp-code-font-family,ui-monospace,monospace);color:var(--nl-soft);overflow-wrap:anywhere;white-space:pre-wrap;background:none;padding:0}
.nl-rules b{font-variant-numeric:tabular-nums}
.nl-cuts{grid-row:1;grid-column:3;font-size:12px;font-variant-numeric:tabular-nums;white-space:nowrap}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
