/** The picture's own styles; colours come from the kit. */
import { HEATMAP_STYLE } from '../kit/heatmap';
import type { Rgb } from '../kit/scale';
import type { Work } from './texts';

/** Fixed colours of data on canvas; they differ in lightness too. */
export const COLOURS: Readonly<Record<NonNullable<Work>, Rgb>> = {
  fresh: [0, 100, 170],
  repeated: [226, 136, 30],
  stored: [176, 205, 224]
};

export const STYLE = `${HEATMAP_STYLE}
.nl-controls{margin:8px 0;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));align-items:end}
.nl-both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,236px),1fr));gap:8px 20px;align-items:start}
.nl-legend{display:flex;flex-wrap:wrap;gap:2px 12px;font-size:11px}
.nl-legend i{display:inline-block;width:11px;height:11px;margin-right:4px;vertical-align:-1px}
.nl-flash{position:absolute;background:#fff;opacity:0;pointer-events:none}
.nl-map-ends{min-width:27px}
.nl-now{min-height:4.4em}
.nl-head{font-weight:700}
.nl-count{display:grid;grid-template-columns:auto 1fr auto;gap:0 8px;align-items:center;margin:4px 0;font-variant-numeric:tabular-nums}
.nl-work .nl-count{grid-template-columns:12ch 1fr 4ch}
.nl-count strong{text-align:right;font-weight:400}.nl-active strong{font-weight:700;font-size:16px}
.nl-count .nl-soft{grid-column:2/-1;font-size:11px}
.nl-soft{color:var(--nl-soft)}
.nl-track{height:12px;border:1px solid var(--nl-line);display:block}
.nl-fill{display:block;height:100%;width:0}
.nl-fill.nl-one{background:var(--nl-one)}.nl-fill.nl-two{background:var(--nl-two)}
.nl-room .nl-count:not(.nl-active) .nl-fill{opacity:.35}
.nl-kv{display:flex;flex-wrap:wrap;gap:2px 8px;align-items:center}
.nl-formula{font-variant-numeric:tabular-nums}
`;
