/** The picture's own styles; colours come from the kit. */
import { TEXT_FIELD } from '../kit/textfield';

export const STYLE = `${TEXT_FIELD}
.nl-level{display:grid;grid-template-columns:62px repeat(var(--nl-room),minmax(0,46px));gap:3px 2px;margin:10px 0;font-variant-numeric:tabular-nums}
.nl-level>span:first-child,.nl-level>.nl-name{grid-column:1}
.nl-name{color:var(--nl-soft);font-size:12px;align-self:center;line-height:1.1}
.nl-part{border:1px solid var(--nl-soft);border-radius:3px;text-align:center;font-size:11px;line-height:22px;min-height:24px;padding:0;min-width:0;overflow:hidden;white-space:nowrap}
.nl-root .nl-glyph{font-size:17px;line-height:28px;padding:0;border-color:var(--nl-text)}
.nl-part[data-cut=before],.nl-part[data-cut=both]{border-left-style:dashed}
.nl-part[data-cut=after],.nl-part[data-cut=both]{border-right-style:dashed}
.nl-part[data-kind=whole]{background:color-mix(in srgb,var(--nl-one) 18%,var(--nl-back));border-color:var(--nl-one)}
.nl-part[data-kind=opens]{background:color-mix(in srgb,var(--nl-two) 30%,var(--nl-back));border-color:var(--nl-two)}
.nl-part[data-kind=continues]{background:color-mix(in srgb,var(--nl-two) 11%,var(--nl-back));border-color:var(--nl-two)}
.nl-part[data-kind=id]{border-color:var(--nl-three);background:color-mix(in srgb,var(--nl-three) 13%,var(--nl-back));line-height:1.3;padding:2px 0}
.nl-part[data-kind=id] small{display:block;color:var(--nl-soft);overflow:hidden;text-overflow:ellipsis}
.nl-part[data-lit]{box-shadow:inset 0 0 0 2px var(--nl-text)}
.nl-key{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:12px;color:var(--nl-soft);margin:4px 0}
.nl-key i{display:inline-block;width:14px;height:12px;min-height:0;vertical-align:-2px;margin-right:4px}
.nl-how{min-height:5.8em}
.nl-small{font-size:12px;color:var(--nl-soft)}
`;
