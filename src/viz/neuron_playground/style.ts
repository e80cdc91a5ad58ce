/** The picture's own styles; colours come from the kit. */
export const STYLE = `
.nl-both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(230px,100%),1fr));gap:12px 20px;align-items:start;margin:8px 0}
.nl-panel{min-width:0}
.nl-root .nl-panel h3{font-size:13px;margin:0}
.nl-panel h3+p{min-height:6em;font-size:12px;color:var(--nl-soft);margin:2px 0 6px}
.nl-label{font-size:12px}
.nl-map{position:relative;max-width:320px;overflow:hidden}
.nl-map canvas{position:absolute;inset:0;width:100%;height:100%}
.nl-map .nl-plane{position:relative}
.nl-map .nl-lattice,.nl-map .nl-axis{stroke:#fff;opacity:.35}
.nl-bend-under{stroke:#000;stroke-width:4}
.nl-bend{stroke:#fff;stroke-width:2}
.nl-lamp{position:absolute;width:22px;height:22px;margin:-11px;border-radius:50%;display:grid;place-items:center;font-size:12px;font-weight:bold;background:#fff;color:#222;border:2px solid #222;line-height:1}
.nl-lamp[data-on="0"]{background:#555;color:#fff;border-color:#fff}
.nl-lamp[data-chosen]{outline:3px solid #f0a35e}
.nl-legend{display:flex;gap:6px;align-items:center;font-size:11px;color:var(--nl-soft);max-width:320px}
.nl-legend i{flex:1;height:8px}
.nl-slider{grid-template-columns:1fr 4ch;font-size:12px;margin-top:4px}
.nl-buttons{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}
.nl-lossline strong{font-size:20px;font-variant-numeric:tabular-nums}
.nl-lossline{min-height:6.4em}
.nl-root .nl-curve{font-size:12px;color:var(--nl-soft);margin:0 0 2px}
.nl-loss{height:52px;max-width:320px;border:1px solid var(--nl-line)}
.nl-loss svg{width:100%;height:100%;display:block}
.nl-loss *{vector-effect:non-scaling-stroke;fill:none}
.nl-loss-line{stroke:var(--nl-one);stroke-width:2}
.nl-loss-mark{stroke:var(--nl-two);stroke-width:1.5}
.nl-settings{display:flex;flex-wrap:wrap;gap:4px}
.nl-root .nl-setting{border-color:var(--nl-line);font-variant-numeric:tabular-nums}
.nl-root .nl-setting[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-how{min-height:5.8em;font-variant-numeric:tabular-nums}
`;
