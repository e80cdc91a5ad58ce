/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-root{padding:4px}
.nl-root p{margin:6px 0}
.nl-question{border-left:3px solid var(--nl-one);padding:2px 8px;margin:8px 0;min-height:5.2em}
.nl-question button{margin:0 8px 4px 0}
.nl-dials{display:grid;grid-template-columns:repeat(auto-fit,minmax(96px,1fr));gap:6px}
.nl-root .nl-dial{display:block;padding:4px;text-align:center;border:1px solid var(--nl-line)}
.nl-root .nl-dial[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-dial svg{display:block;width:100%;max-width:130px;margin:2px auto}
.nl-face{fill:none;stroke:var(--nl-line)}.nl-cross{stroke:var(--nl-line);stroke-width:.5}
.nl-dial line{stroke-linecap:round}
.nl-dial .nl-one line{stroke:var(--nl-one);stroke-width:3.5}.nl-dial .nl-one path{fill:var(--nl-one)}
.nl-dial .nl-two line{stroke:var(--nl-two);stroke-width:3.5;stroke-dasharray:5 5}.nl-dial .nl-two path{fill:var(--nl-two)}
.nl-speed{color:var(--nl-soft);font-size:11px}
.nl-scale{display:block;position:relative;height:6px;background:linear-gradient(var(--nl-soft),var(--nl-soft)) 50%/1px 100% no-repeat}
.nl-bar{position:absolute;top:0;height:6px;background:var(--nl-text)}
.nl-part{font-variant-numeric:tabular-nums}
.nl-sum strong{font-size:20px;font-variant-numeric:tabular-nums}
.nl-controls{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:8px 16px;align-items:center}
.nl-slider.nl-one input{accent-color:var(--nl-one)}.nl-slider.nl-two input{accent-color:var(--nl-two)}
.nl-lock{display:flex;gap:6px;align-items:center}
.nl-how{min-height:4.4em}
.nl-live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.nl-root{position:relative}
`;
