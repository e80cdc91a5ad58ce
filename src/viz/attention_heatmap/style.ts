/** The picture's own styles; colours come from the kit. */
import { HEATMAP_STYLE } from '../kit/heatmap';
import { legendGradient } from '../kit/scale';
import { STRIP_STYLE } from '../kit/strip';

export const STYLE = `${HEATMAP_STYLE}${STRIP_STYLE}
.nl-chip[data-kind=future] .nl-chip-fill{background:var(--nl-two)}
.nl-takes{margin-bottom:2px}
.nl-heads{display:grid;grid-template-columns:repeat(auto-fill,minmax(44px,1fr));max-width:calc(var(--nl-heads)*62px);gap:4px;margin:8px 0 2px}
.nl-root .nl-head{display:grid;gap:2px;padding:3px;text-align:center;border-color:var(--nl-line);font-size:11px}
.nl-root .nl-head[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-head canvas{width:100%;aspect-ratio:1;image-rendering:pixelated}
.nl-both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:4px 16px;margin-top:10px;align-items:start}
.nl-legend{display:flex;flex-wrap:wrap;gap:4px 6px;align-items:center;font-size:11px;margin:6px 0}
.nl-legend i{display:inline-block;width:70px;height:10px;background:${legendGradient()}}
.nl-legend span{max-width:100%}
.nl-legend b{display:inline-block;width:16px;height:10px;border:1px solid var(--nl-line)}
.nl-rule{min-height:4.4em}
.nl-terms-title{font-weight:700}
.nl-terms{container-type:inline-size}
@container (max-width:180px){.nl-root .nl-terms :is(th,td){padding:1px 2px;font-size:10px}}
.nl-terms table{display:table;table-layout:fixed;width:100%}
.nl-terms th{font-weight:400;color:var(--nl-soft);overflow-wrap:anywhere}
.nl-terms tr:not(.nl-total) th:first-child{width:16%;padding-left:0;text-align:left;overflow-wrap:normal}
.nl-term{display:block;height:4px;background:linear-gradient(var(--nl-soft),var(--nl-soft)) 50%/1px 100% no-repeat;position:relative}
.nl-term span{position:absolute;top:0;height:4px}
.nl-term .nl-one{left:50%;background:var(--nl-one)}.nl-term .nl-two{right:50%;background:var(--nl-two)}
.nl-total th,.nl-total td{color:var(--nl-text);font-weight:700;border-top:1px solid var(--nl-text)}
.nl-step{margin:3px 0;font-variant-numeric:tabular-nums}
.nl-caption,.nl-counted{color:var(--nl-soft)}
.nl-counted{margin:0;font-size:11px}
`;
