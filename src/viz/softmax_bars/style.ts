import { BARS } from '../kit/bars';

/** The picture's own styles; colours come from the kit. */
export const STYLE = `${BARS}
.nl-row-name{margin:8px 0 0;color:var(--nl-soft);font-size:12px}
.nl-shares{--nl-fill:var(--nl-two)}
.nl-strip{display:flex;height:22px;margin:6px 0 2px;max-width:620px;border:1px solid var(--nl-two);border-radius:3px;overflow:hidden}
.nl-part{flex:0 0 auto;overflow:hidden;text-align:center;font-size:11px;line-height:20px;border-right:1px solid var(--nl-two);transition:width .35s}
.nl-part:last-child{border-right:0}
&[data-motion=cut] .nl-part{transition:none}
.nl-part[data-chosen]{background:color-mix(in srgb,var(--nl-two) 35%,transparent)}
.nl-together{font-size:12px;color:var(--nl-soft)}
.nl-controls{margin:10px 0}
.nl-slider{grid-template-columns:1fr 5ch}
.nl-how{min-height:2.9em}
.nl-ways{border:1px solid var(--nl-line);border-radius:3px;padding:2px 8px;margin:8px 0}
.nl-ways p:last-child{min-height:4.4em}
.nl-root .nl-ways table{display:table;table-layout:fixed;width:100%;max-width:480px;font-size:12px}
.nl-ways th,.nl-ways td{vertical-align:bottom;overflow-wrap:anywhere;padding-left:0}
.nl-ways th{font-weight:400;color:var(--nl-soft)}
.nl-ways th:first-child{text-align:left}
.nl-ways td[data-not-a-number]{font-weight:bold;text-decoration:underline wavy var(--nl-two);text-underline-offset:3px}
`;
