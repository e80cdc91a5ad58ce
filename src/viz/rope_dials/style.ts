/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-dials{display:grid;grid-template-columns:repeat(auto-fit,minmax(84px,1fr));gap:6px}
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
.nl-slider.nl-one input{accent-color:var(--nl-one)}.nl-slider.nl-two input{accent-color:var(--nl-two)}
.nl-how{min-height:4.4em}
`;
