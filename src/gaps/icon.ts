/** The gap panel's icon: a ring with a piece missing, and the piece. Drawn for this panel. */
import { LabIcon } from '@jupyterlab/ui-components';

export const gapsIcon = new LabIcon({
  name: 'nanochat-learn:gaps',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g fill="none">
    <path class="jp-icon3" stroke="#616161" stroke-width="3" d="M12 4.500a8 8 0 1 0 8 8"/>
    <path class="jp-icon3" stroke="#616161" stroke-width="3" d="M16.500 3.600a8 8 0 0 1 4 4"/>
  </g>
</svg>`
});
