/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${TEXT_FIELD}${TILES}
.nl-tile[data-kind=glued]{--nl-tile:var(--nl-one)}
.nl-tile[data-kind=new]{--nl-tile:var(--nl-two)}
.nl-lanes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:8px;margin:10px 0}
.nl-lane{border:1px solid var(--nl-line);border-top:4px solid var(--nl-lane);border-radius:3px;padding:4px 8px;min-height:15em}
.nl-lane h4{margin:2px 0;font-size:13px}
.nl-lane[data-now]{outline:2px solid var(--nl-lane)}
.nl-learn{--nl-lane:var(--nl-two)}
.nl-use{--nl-lane:var(--nl-one)}
.nl-list{font-family:var(--jp-code-font-family,ui-monospace,monospace);border:1px dashed var(--nl-soft);border-radius:3px;padding:3px 8px;display:flex;flex-wrap:wrap;gap:2px 14px;min-height:2em}
.nl-list span{white-space:nowrap}
.nl-list [data-new]{font-weight:700;text-decoration:underline;text-decoration-color:var(--nl-two);text-decoration-thickness:2px}
.nl-root .nl-looks{display:table;width:100%;font-size:12px}
.nl-looks th,.nl-looks td{text-align:left;vertical-align:top;padding-left:0;overflow-wrap:anywhere}
.nl-looks :is(th,td):first-child{min-width:52px;overflow-wrap:normal}
.nl-looks th{font-weight:400;color:var(--nl-soft)}
.nl-bytes{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;margin:8px 0}
.nl-same{font-weight:600;min-height:2.9em}
.nl-how{min-height:2.9em}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
