/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-cells{--nl-cell:30px;font-size:11px}
.nl-tables,.nl-room{container-type:inline-size}
@container (max-width:300px){.nl-cells{--nl-cell:26px;font-size:10px}}
.nl-lineup{display:grid;grid-template-columns:auto repeat(3,minmax(0,1fr));gap:3px 6px;align-items:center;max-width:460px;margin:8px 0;font-variant-numeric:tabular-nums}
.nl-lineup .nl-slider{display:flex;flex-direction:column;gap:0;align-items:stretch}
.nl-lineup .nl-slider span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.nl-lineup .nl-slider output{order:-1;text-align:center;font-weight:bold}
.nl-line-name{font-size:12px}
.nl-axis-name{font-size:11px;overflow-wrap:normal;color:var(--nl-soft);text-align:center}
.nl-verdict{font-size:11px;overflow-wrap:normal;line-height:1.2;text-align:center;min-height:2.4em;border-top:2px solid var(--nl-line);padding-top:2px}
.nl-verdict[data-verdict=first]{border-color:var(--nl-one)}
.nl-verdict[data-verdict=second]{border-color:var(--nl-two)}
.nl-verdict[data-verdict=breaks]{border:2px solid var(--nl-text);border-radius:3px;font-weight:bold;background:repeating-linear-gradient(135deg,transparent 0 5px,color-mix(in srgb,var(--nl-text) 14%,transparent) 5px 7px)}
.nl-size{text-align:center;font-weight:bold}
@container (max-width:205px){.nl-lineup{column-gap:3px}.nl-line-name,.nl-axis-name,.nl-verdict{font-size:9px;letter-spacing:-.03em}}
.nl-tables{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:flex-end;margin:10px 0}
.nl-tables .nl-title{font-size:12px;color:var(--nl-soft);margin-bottom:3px}
.nl-sign{font-size:20px;align-self:center}
.nl-root .nl-cell[data-kind^=two]{border-color:var(--nl-two);background:color-mix(in srgb,var(--nl-two) 28%,var(--nl-back))}
.nl-root .nl-cell[data-kind^=one]{border-color:var(--nl-one);background:color-mix(in srgb,var(--nl-one) 28%,var(--nl-back))}
.nl-root .nl-cell[data-kind$=ghost]{border-style:dashed;background:none;color:var(--nl-soft)}
.nl-root .nl-cell[data-kind^=result]{border-color:var(--nl-text)}
.nl-how{min-height:2.9em}
.nl-small{font-size:12px;color:var(--nl-soft)}
.nl-illegal{border-left:3px solid var(--nl-text);padding-left:8px}
.nl-controls{display:flex;flex-wrap:wrap;gap:6px 16px;margin:8px 0}
`;
