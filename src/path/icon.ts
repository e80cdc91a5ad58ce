/** The path panel's icon: a way from stone to stone up to a flag. Drawn for this panel. */
import { LabIcon } from '@jupyterlab/ui-components';

export const pathIcon = new LabIcon({
  name: 'nanochat-learn:path',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g fill="none" class="jp-icon3" stroke="#616161" stroke-width="2" stroke-linejoin="round" stroke-linecap="round">
    <path d="M5 20h8a3.500 3.500 0 0 0 0-7H9.500a3.300 3.300 0 0 1 0-6.600H14"/>
    <path d="M16 11V3l5 2.200-5 2.200"/>
  </g>
  <circle class="jp-icon3" fill="#616161" cx="5" cy="20" r="2.200"/>
</svg>`
});
