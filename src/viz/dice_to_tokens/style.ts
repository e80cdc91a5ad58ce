/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-buttons{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}
.nl-caption{font-size:12px;color:var(--nl-soft)}
.nl-bars{margin-top:4px}
.nl-ghost{border-width:2px 2px 0}
.nl-line-box{container-type:inline-size;position:relative;max-width:620px;padding-top:12px;margin:8px 0}
.nl-line{display:flex;height:26px;border:1px solid var(--nl-soft);border-radius:3px}
.nl-root .nl-piece{flex:0 1 0;min-width:0;padding:0;border:0;border-right:1px solid var(--nl-soft);border-radius:0;font-size:11px;overflow:hidden;white-space:nowrap;cursor:default;background:color-mix(in srgb,var(--nl-one) 14%,transparent)}
.nl-root .nl-piece:nth-child(even){background:color-mix(in srgb,var(--nl-one) 34%,transparent)}
.nl-root .nl-piece:last-child{border-right:0}
@container (max-width:210px){.nl-root .nl-piece{font-size:9px;letter-spacing:-.03em}}
.nl-root .nl-piece[data-chosen]{box-shadow:inset 0 0 0 2px var(--nl-text)}
.nl-dart{position:absolute;top:0;width:12px;height:12px;margin-left:-6px;background:var(--nl-two);clip-path:polygon(0 0,100% 0,50% 100%)}
.nl-ends{display:flex;justify-content:space-between;font-size:11px;color:var(--nl-soft)}
.nl-count{font-variant-numeric:tabular-nums;min-height:2.9em}
.nl-count strong{font-size:18px}
.nl-how{min-height:4.4em;font-variant-numeric:tabular-nums}
.nl-slider{max-width:300px}
`;
