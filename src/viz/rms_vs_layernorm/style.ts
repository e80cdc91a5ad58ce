import { BARS } from '../kit/bars';

/** The picture's own styles; colours come from the kit. */
export const STYLE = `${BARS}
.nl-row-name{margin:8px 0 0;font-size:12px}
.nl-row-name strong{font-weight:600}
.nl-facts{display:flex;flex-wrap:wrap;gap:0 14px;font-size:12px;color:var(--nl-soft);font-variant-numeric:tabular-nums}
.nl-key-mean::before{content:"";display:inline-block;width:16px;margin-right:5px;vertical-align:middle;border-top:3px dotted var(--nl-two)}
.nl-key-rms::before{content:"";display:inline-block;width:16px;height:10px;margin-right:5px;vertical-align:middle;background:color-mix(in srgb,var(--nl-three) 30%,transparent);border:solid var(--nl-three);border-width:1px 0}
.nl-over.nl-mean{border-top:3px dotted var(--nl-two);margin-top:-1px;z-index:2}
.nl-over.nl-rms{background:color-mix(in srgb,var(--nl-three) 20%,transparent);border:solid var(--nl-three);border-width:1px 0;z-index:-2}
.nl-controls{margin:10px 0}
.nl-results{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr));gap:4px 20px}
.nl-results .nl-row-name{min-height:2.9em}
.nl-verdict{font-weight:600}
.nl-how{min-height:4.4em}
`;
