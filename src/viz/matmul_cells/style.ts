/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-scroll{overflow-x:auto;padding:2px;container-type:inline-size}
.nl-cells{--nl-cell:36px}
@container (max-width:320px){.nl-cells{--nl-cell:29px}.nl-root .nl-cell[data-kind=name]{font-size:9px}}
.nl-root .nl-cell[data-kind=name]{overflow-wrap:normal;padding:1px;min-width:min-content}
@container (max-width:230px){.nl-cells{--nl-cell:25px}.nl-root .nl-cell[data-kind=name]{letter-spacing:-.05em}}
@container (max-width:200px){.nl-cells{--nl-cell:21px}.nl-root .nl-cell[data-kind=name]{font-size:8.5px;padding:0}}
.nl-root .nl-cell[data-kind=pale]{color:var(--nl-soft)}
.nl-root .nl-cell[data-kind=result]{border-color:var(--nl-text)}
.nl-terms{list-style:none;margin:8px 0;padding:0;max-width:360px;font-variant-numeric:tabular-nums}
.nl-terms li{display:flex;justify-content:space-between;gap:8px;padding:1px 8px;border-left:4px solid transparent}
.nl-terms li[data-state=now]{border-color:var(--nl-three);background:color-mix(in srgb,var(--nl-three) 16%,transparent)}
.nl-terms li[data-state=later]{color:var(--nl-soft)}
.nl-terms li[data-state=later] span:last-child{visibility:hidden}
.nl-how{font-size:15px;font-variant-numeric:tabular-nums;min-height:1.5em}
.nl-small{font-size:12px;color:var(--nl-soft)}
.nl-controls{margin:8px 0;align-items:end}
.nl-buttons{display:flex;flex-wrap:wrap;gap:6px}
`;
