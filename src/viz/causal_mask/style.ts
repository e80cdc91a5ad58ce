/** The picture's own styles; colours come from the kit. */
import { HEATMAP_STYLE } from '../kit/heatmap';
import { legendGradient } from '../kit/scale';
import { STRIP_STYLE } from '../kit/strip';

export const STYLE = `${HEATMAP_STYLE}${STRIP_STYLE}
.nl-chip[data-kind=future] .nl-chip-fill{background:var(--nl-two)}
.nl-chip[data-kind=future] .nl-chip-name{text-decoration:underline;text-decoration-color:var(--nl-two);text-decoration-thickness:2px}
.nl-chip-fill{transition:height .35s}
&[data-motion=cut] .nl-chip-fill{transition:none}
.nl-map{grid-template-columns:auto minmax(0,calc(var(--nl-columns)*40px)) auto;margin:8px 0}
.nl-map-ends{color:var(--nl-two);font-weight:600}
.nl-leak{min-height:2.9em;font-weight:600}
.nl-leak[data-leaks]{border-left:3px solid var(--nl-two);padding-left:8px}
.nl-legend{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;font-size:11px;margin:6px 0}
.nl-legend i{display:inline-block;width:70px;height:10px;background:${legendGradient()}}
.nl-legend b{display:inline-block;width:16px;height:10px;border:1px solid var(--nl-line)}
.nl-how{min-height:4.4em;font-variant-numeric:tabular-nums}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
