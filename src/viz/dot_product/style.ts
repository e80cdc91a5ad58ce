/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr));gap:8px 18px;align-items:start;margin:8px 0}
.nl-stage{position:relative;max-width:320px;cursor:grab;touch-action:none}
.nl-positive{fill:color-mix(in srgb,var(--nl-three) 12%,transparent)}
.nl-square{stroke:var(--nl-soft);stroke-dasharray:5 4}
.nl-drop{stroke:var(--nl-three);stroke-dasharray:2 3}
.nl-shadow{stroke:var(--nl-three);stroke-width:7;opacity:.65}
.nl-arrow line{stroke-width:3}
.nl-one line,.nl-leg.nl-one{stroke:var(--nl-one)}.nl-one path{fill:var(--nl-one)}
.nl-two line,.nl-leg.nl-two{stroke:var(--nl-two)}.nl-two path{fill:var(--nl-two)}
.nl-leg{stroke-width:6;opacity:.8}
.nl-root .nl-tip{position:absolute;width:26px;height:26px;margin:-13px;padding:0;border:2px solid var(--nl-two);border-radius:50%;background:color-mix(in srgb,var(--nl-two) 18%,transparent);cursor:grab}
.nl-name{position:absolute;pointer-events:none;font-size:12px;font-weight:600;transform:translate(-50%,-200%);white-space:nowrap}
.nl-name[data-side=down]{transform:translate(-50%,100%)}
.nl-name-one{color:var(--nl-one)}.nl-name-two{color:var(--nl-two)}
.nl-products{display:flex;flex-direction:column;gap:4px;align-items:stretch}
.nl-root .nl-product{text-align:left;font-variant-numeric:tabular-nums;border-color:var(--nl-line)}
.nl-root .nl-product[data-chosen]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-sum{font-size:16px;font-variant-numeric:tabular-nums}
.nl-sum strong{font-size:24px}
.nl-meter{position:relative;height:14px;border:1px solid var(--nl-soft);border-radius:3px}
.nl-meter::after{content:"";position:absolute;left:50%;top:-3px;bottom:-3px;border-left:2px solid var(--nl-text)}
.nl-meter div{position:absolute;top:0;bottom:0}
.nl-meter div[data-sign="1"]{background:var(--nl-three)}
.nl-meter div[data-sign="-1"]{background:var(--nl-four)}
.nl-verdict{min-height:2.9em;font-weight:600}
.nl-small{font-size:12px;color:var(--nl-soft);font-variant-numeric:tabular-nums}
.nl-slider{grid-template-columns:1fr 5ch}
.nl-controls{margin:8px 0}
.nl-controls button{justify-self:start}
`;
