/** The picture's own styles; colours come from the kit. */
import { TILES } from '../kit/tiles';

export const STYLE = `${TILES}
.nl-row-name{margin:8px 0 2px;color:var(--nl-soft);font-size:12px}
[data-from=program]{--nl-tile:var(--nl-soft)}
[data-from=user]{--nl-tile:var(--nl-one)}
[data-from=assistant]{--nl-tile:var(--nl-two)}
[data-from=tool]{--nl-tile:var(--nl-three)}
[data-from=empty]{--nl-tile:var(--nl-line)}
.nl-tile[data-kind^=program]{--nl-tile:var(--nl-soft)}
.nl-tile[data-kind^=user]{--nl-tile:var(--nl-one)}
.nl-tile[data-kind^=assistant]{--nl-tile:var(--nl-two)}
.nl-tile[data-kind^=tool]{--nl-tile:var(--nl-three)}
.nl-tile[data-kind^=empty]{--nl-tile:var(--nl-line)}
.nl-tile[data-kind*=mark] .nl-tile-text{font-size:11px;font-style:italic}
.nl-root .nl-tile[data-kind$="1"]{border-bottom-width:6px}
.nl-tile[data-kind$="1"] .nl-tile-under{color:inherit;font-weight:700}
.nl-root .nl-tile[data-kind$="0"]{border-style:dashed;background:none}
.nl-parts{list-style:none;display:flex;flex-wrap:wrap;gap:3px 14px;margin:6px 0;padding:0}
.nl-parts li{display:flex;gap:5px;align-items:center}
.nl-parts i{width:12px;height:12px;border-radius:2px;background:var(--nl-tile)}
.nl-step{display:flex;height:14px;max-width:620px;border:1px solid var(--nl-line);border-radius:3px;overflow:hidden;margin:2px 0 6px}
.nl-step span{background:var(--nl-tile);min-width:0;box-shadow:inset -1px 0 var(--nl-back)}
.nl-how{min-height:4.4em}
.nl-count{min-height:4.4em}
.nl-root [hidden]{display:none}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
