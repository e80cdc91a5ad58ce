/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
.nl-row-name{margin:8px 0 0;color:var(--nl-soft);font-size:12px}
.nl-chat{display:grid;gap:5px;margin:4px 0;max-width:460px}
.nl-bubble{padding:3px 10px;border-radius:12px;border:1px solid var(--nl-bubble);background:color-mix(in srgb,var(--nl-bubble) 12%,var(--nl-back));overflow-wrap:anywhere;white-space:pre-wrap}
.nl-bubble[data-role=user]{--nl-bubble:var(--nl-one);justify-self:end;border-bottom-right-radius:2px}
.nl-bubble[data-role=assistant]{--nl-bubble:var(--nl-two);justify-self:start;border-bottom-left-radius:2px}
.nl-bubble[data-lit]{outline:2px solid var(--nl-text)}
.nl-bubble small{display:block;color:var(--nl-soft)}
.nl-tile[data-kind^=program]{--nl-tile:var(--nl-soft)}
.nl-tile[data-kind^=user]{--nl-tile:var(--nl-one)}
.nl-tile[data-kind^=assistant]{--nl-tile:var(--nl-two)}
.nl-tile[data-kind^=tool]{--nl-tile:var(--nl-three)}
.nl-tile[data-kind*=mark] .nl-tile-text{font-size:11px;font-style:italic}
.nl-root .nl-tile[data-kind$="1"]{border-bottom-width:6px}
.nl-root .nl-tile[data-kind$="0"]{border-bottom-width:6px;border-bottom-color:var(--nl-line)}
.nl-tile::after{font-size:12px;font-weight:700;min-height:1.25em;content:"?";color:var(--nl-soft)}
.nl-tile[data-kind$="1"]::after{content:"1";color:inherit}
.nl-tile[data-kind$="0"]::after{content:"0";font-weight:400}
.nl-how{min-height:4.4em}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
