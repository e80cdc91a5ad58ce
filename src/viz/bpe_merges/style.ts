/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
.nl-tile[data-kind=glued]{--nl-tile:var(--nl-one)}
.nl-tile[data-kind=new]{--nl-tile:var(--nl-two)}
.nl-tile-text{font-size:16px}
.nl-did{font-weight:600}
.nl-counts{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:3px 8px;align-items:center;max-width:420px;margin:4px 0;font-variant-numeric:tabular-nums}
.nl-counts:not(:has(.nl-count)){max-width:none}
.nl-counts .nl-all{grid-column:1/-1;color:var(--nl-soft);font-size:12px}
.nl-count{height:12px;background:var(--nl-soft)}
.nl-count[data-wins]{background:var(--nl-two)}
.nl-pair{font-family:var(--jp-code-font-family,ui-monospace,monospace)}
.nl-pair[data-wins],.nl-times[data-wins]{font-weight:700}
.nl-bytes{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;margin:8px 0}
`;
