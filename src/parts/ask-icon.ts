/** What asks the tutor: a speech bubble that points at a line of code. Drawn for it. */
import { LabIcon } from '@jupyterlab/ui-components';

export const askIcon = new LabIcon({
  name: 'nanochat-learn:tutor',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g fill="none" class="jp-icon3" stroke="#616161" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">
    <path d="M4 4h16v11.500h-8.500L7 20v-4.500H4z"/>
    <path d="M8 8.200h4M8 11.300h8"/>
  </g>
</svg>`
});
