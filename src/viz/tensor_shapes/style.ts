/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-steps{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;margin:8px 0}
.nl-controls{grid-template-columns:repeat(auto-fit,minmax(90px,1fr));gap:4px 12px;align-items:end}
.nl-slider{font-size:12px;gap:0 4px}
.nl-slider[data-idle]{opacity:.75}
.nl-shape{font-size:16px;font-variant-numeric:tabular-nums}
.nl-shape strong{display:block}
.nl-says{min-height:2.9em}
.nl-illegal{border-left:3px solid var(--nl-two);padding-left:8px}
.nl-stage{position:relative;font-variant-numeric:tabular-nums}
.nl-root .nl-cell{position:absolute;left:0;top:0;padding:0;border:1px solid var(--nl-cell);border-radius:2px;font-size:11px;line-height:1;cursor:default;
background:color-mix(in srgb,var(--nl-cell) 26%,var(--nl-back));color:var(--nl-text)}
.nl-root{--nl-cell:var(--nl-soft)}
[data-head="0"]{--nl-cell:var(--nl-one)}
[data-head="1"]{--nl-cell:var(--nl-two)}
[data-head="2"]{--nl-cell:var(--nl-three)}
[data-head="3"]{--nl-cell:var(--nl-four)}
.nl-root .nl-cell[data-chosen]{background:var(--nl-text);color:var(--nl-back);border-color:var(--nl-text);font-weight:bold;z-index:2}
.nl-box{position:absolute;left:0;top:0;border:1px solid var(--nl-soft);border-radius:4px;pointer-events:none}
.nl-box[data-kind=head]{border:2px solid var(--nl-cell)}
.nl-box span{position:absolute;left:0;top:-18px;font-size:11px;line-height:16px;color:var(--nl-soft);white-space:nowrap}
.nl-mark{position:absolute;left:0;top:0;font-size:12px;line-height:14px;white-space:nowrap;pointer-events:none;font-weight:600}
.nl-memory{display:flex;height:16px;border:1px solid var(--nl-soft);margin-top:2px}
.nl-memory div{flex:1;background:color-mix(in srgb,var(--nl-cell) 40%,var(--nl-back))}
.nl-memory div[data-chosen]{background:var(--nl-text);outline:2px solid var(--nl-text);z-index:1}
.nl-small{font-size:12px;color:var(--nl-soft)}
.nl-how{min-height:4.6em;font-variant-numeric:tabular-nums}
.nl-root .nl-how p{margin:2px 0}
`;
