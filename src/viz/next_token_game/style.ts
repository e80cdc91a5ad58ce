/** The picture's own styles; colours come from the kit. */
import { STRIP_STYLE } from '../kit/strip';
import { TEXT_FIELD } from '../kit/textfield';

export const STYLE = `${STRIP_STYLE}${TEXT_FIELD}
.nl-strip{max-height:190px}
.nl-chip{min-width:34px;grid-template-rows:1.3em 26px auto}
.nl-chip-name{white-space:pre}
.nl-chip[data-kind=chosen] .nl-chip-fill,.nl-chip[data-kind=look] .nl-chip-fill{background:var(--nl-two)}
.nl-chip[data-kind=chosen] .nl-chip-name{text-decoration:underline;text-decoration-color:var(--nl-two);text-decoration-thickness:2px;text-underline-offset:3px}
.nl-question p,.nl-question button{white-space:pre-wrap}
.nl-about{color:var(--nl-soft);font-size:12px}
.nl-bars-row{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;margin:6px 0}
.nl-heads{display:flex;flex-wrap:wrap;gap:4px 10px;margin:6px 0;font-size:12px}
.nl-heads>span{display:inline-flex;gap:4px;align-items:center}
.nl-root .nl-heads button{padding:0 8px}
.nl-root .nl-heads button[aria-pressed=true]{border-color:var(--nl-text);box-shadow:inset 0 0 0 1px var(--nl-text)}
.nl-after{margin:10px 0 2px;font-weight:700;overflow-wrap:anywhere}
.nl-rows{max-width:520px;container-type:inline-size}
.nl-head-row,.nl-root button.nl-row{display:grid;grid-template-columns:minmax(54px,1.2fr) minmax(0,3fr) 5.5ch 6ch;gap:0 6px;align-items:center;width:100%;text-align:left;font-variant-numeric:tabular-nums}
.nl-head-row{color:var(--nl-soft);font-size:12px;padding:0 7px}
.nl-root button.nl-row{border-color:transparent;padding:1px 6px}
.nl-root button.nl-row:hover{border-color:var(--nl-line)}
.nl-root button.nl-row[data-lit]{border-color:var(--nl-text)}
.nl-covered{padding:6px;border:1px solid var(--nl-line);border-radius:3px;margin:2px 0;display:grid;place-items:center;min-height:56px}
.nl-covered span{background:var(--nl-back);padding:4px 12px;border-radius:3px;text-align:center}
.nl-row i{display:block;height:12px;background:var(--nl-one);min-width:1px}
.nl-row b{font-weight:400;white-space:pre;overflow:hidden;text-overflow:ellipsis}
.nl-row[data-came] b{font-weight:700;text-decoration:underline;text-underline-offset:3px}
.nl-row span,.nl-head-row span+span+span{text-align:right}
@container (max-width:185px){.nl-head-row,.nl-root button.nl-row{grid-template-columns:minmax(0,1fr) 5.5ch 6ch}.nl-row div,.nl-head-row span:nth-child(2){display:none}}
.nl-how{min-height:4.4em;overflow-wrap:anywhere}
.nl-notice{min-height:1.5em;font-weight:600}
.nl-deeds{display:flex;flex-wrap:wrap;gap:6px;margin:8px 0}
.nl-root [hidden]{display:none}
`;
