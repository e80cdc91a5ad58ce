/** The picture's own styles; colours come from the kit. */
export const ROW = 26;
/** Tokens shown of each layer. */
export const SHOWN = 6;

export const STYLE = `
.nl-list{position:relative;height:${ROW * SHOWN}px;max-width:480px;margin:8px 0;padding:0;list-style:none}
.nl-token{position:absolute;left:0;right:0;top:0;height:${ROW - 2}px;display:grid;grid-template-columns:minmax(5.5em,30%) 1fr 4.6em;gap:8px;align-items:center;border-radius:3px;transition:transform .35s,opacity .35s}
&[data-motion=cut] .nl-token,&[data-motion=cut] .nl-share{transition:none}
.nl-token code{overflow:hidden;text-overflow:ellipsis;white-space:pre;text-align:right}
.nl-bar{height:14px;border-left:1px solid var(--nl-soft)}
.nl-share{height:100%;background:var(--nl-one);min-width:1px;transition:width .35s}
.nl-token[data-winner] .nl-share{background:var(--nl-two)}
.nl-token[data-winner] code{font-weight:700}
.nl-token[data-chosen]{background:color-mix(in srgb,var(--nl-text) 12%,transparent)}
.nl-part{font-variant-numeric:tabular-nums}
.nl-controls [data-play]{justify-self:start}
.nl-where{font-weight:600;margin:10px 0 0}
.nl-raw{min-height:4.4em}
.nl-soft{color:var(--nl-soft);font-size:12px}
`;
