/** The graph panel's icon: a small map of linked nodes. Drawn for this panel. */
import { LabIcon } from '@jupyterlab/ui-components';

export const graphIcon = new LabIcon({
  name: 'nanochat-learn:graph',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" stroke="#616161" stroke-width="1.8" fill="none">
    <path d="M7 7l9.500 3M6.500 8.500l3 8M17 12l-5.500 5"/>
  </g>
  <g class="jp-icon3" fill="#616161">
    <circle cx="6" cy="6" r="3.600"/>
    <circle cx="18" cy="10.500" r="3"/>
    <path d="M7 15.500h6v6h-6z"/>
  </g>
</svg>`
});
