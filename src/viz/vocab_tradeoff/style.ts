/** The picture's own styles; colours come from the kit. */
import { BARS } from '../kit/bars';
import { TEXT_FIELD } from '../kit/textfield';
import { TILES } from '../kit/tiles';

export const STYLE = `${BARS}${TEXT_FIELD}${TILES}
.nl-row-name{margin:8px 0 0;color:var(--nl-soft);font-size:12px}
@container (max-width:300px){.nl-column{font-size:9.5px;letter-spacing:-.04em}}
@container (max-width:250px){.nl-column>div:last-child{writing-mode:vertical-rl;margin:2px auto 0;letter-spacing:0}}
.nl-tables{--nl-fill:var(--nl-two)}
.nl-slider{grid-template-columns:1fr 6ch;max-width:620px}
.nl-tiles{max-height:132px;overflow-y:auto}
.nl-tile{--nl-tile:var(--nl-one)}
.nl-tile[data-kind=byte]{--nl-tile:var(--nl-soft)}
.nl-now{font-weight:600;min-height:2.9em}
.nl-story{min-height:5.8em}
.nl-how{min-height:2.9em}
`;
