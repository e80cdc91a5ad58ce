/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
[data-colour="0"],[data-kind^="0"]{--nl-tile:var(--nl-one)}
[data-colour="1"],[data-kind^="1"]{--nl-tile:var(--nl-two)}
[data-colour="2"],[data-kind^="2"]{--nl-tile:var(--nl-three)}
[data-colour="3"],[data-kind^="3"]{--nl-tile:var(--nl-four)}
.nl-tile-text{font-weight:700}
.nl-root .nl-tile[data-kind$=packed]{background:none;border-style:dotted;border-bottom-width:3px}
.nl-row-name{margin:8px 0 0;color:var(--nl-soft);font-size:12px}
.nl-rows{display:grid;gap:4px;margin:4px 0;max-width:560px}
.nl-row{display:grid;grid-template-columns:44px minmax(0,1fr);align-items:center;font-size:12px}
.nl-places{display:grid;grid-template-columns:repeat(var(--nl-slots),minmax(0,1fr));border:1px solid var(--nl-soft)}
.nl-place{height:28px;line-height:28px;text-align:center;border-right:1px solid color-mix(in srgb,var(--nl-soft) 35%,transparent);font-size:12px}
.nl-place[data-colour]{background:color-mix(in srgb,var(--nl-tile) 30%,var(--nl-back))}
.nl-place[data-begins]{font-weight:700;border-left:3px solid var(--nl-tile)}
.nl-place[data-again]{background:repeating-linear-gradient(135deg,transparent 0 4px,var(--nl-tile) 4px 5px)}
.nl-place[data-again] b{background:var(--nl-back);padding:0 2px}
.nl-place[data-chosen]{box-shadow:inset 0 -4px var(--nl-text)}
.nl-controls{margin:8px 0}
.nl-bytes{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;margin:8px 0}
.nl-did{font-weight:600;min-height:4.4em}
.nl-how,.nl-waste{min-height:2.9em}
`;
