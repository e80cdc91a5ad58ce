/** The picture's own styles; colours come from the kit. */
import { HEATMAP_STYLE } from '../kit/heatmap';
import { legendGradient } from '../kit/scale';
import { STRIP_STYLE } from '../kit/strip';

export const STYLE = `${HEATMAP_STYLE}${STRIP_STYLE}
padding:4px;position:relative;
p{margin:6px 0}
.nl-question{border-left:3px solid var(--nl-one);padding:2px 8px;margin:8px 0;min-height:5.2em}
.nl-question button{margin:0 8px 4px 0}
.nl-chip[data-kind=future] .nl-chip-fill{background:var(--nl-two)}
.nl-heads{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}
.nl-head{display:grid;gap:2px;padding:3px;border-color:var(--nl-line);font-size:11px}
.nl-head[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-head canvas{width:46px;height:46px;image-rendering:pixelated}
.nl-both{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,230px),1fr));gap:4px 16px;margin-top:10px;align-items:start}
.nl-legend{display:flex;flex-wrap:wrap;gap:4px 6px;align-items:center;font-size:11px;margin:6px 0}
.nl-legend i{display:inline-block;width:70px;height:10px;background:${legendGradient()}}
.nl-legend b{display:inline-block;width:16px;height:10px;border:1px solid var(--nl-line)}
.nl-mask{display:flex;gap:6px;align-items:baseline}
.nl-rule{min-height:4.4em}
.nl-terms-title{font-weight:700}
.nl-terms table{display:table;table-layout:fixed;width:100%}
.nl-terms th:first-child{width:17%}
.nl-terms th{overflow-wrap:anywhere}
.nl-terms th:first-child{width:17%}
.nl-terms th{font-weight:400;color:var(--nl-soft)}
.nl-term{display:block;height:4px;background:linear-gradient(var(--nl-soft),var(--nl-soft)) 50%/1px 100% no-repeat;position:relative}
.nl-term span{position:absolute;top:0;height:4px}
.nl-term .nl-one{left:50%;background:var(--nl-one)}.nl-term .nl-two{right:50%;background:var(--nl-two)}
.nl-total th,.nl-total td{color:var(--nl-text);font-weight:700;border-top:1px solid var(--nl-text)}
.nl-step{margin:3px 0;font-variant-numeric:tabular-nums}
.nl-caption{color:var(--nl-soft)}
.nl-live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
`;
