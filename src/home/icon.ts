/** The launcher's icon: three linked nodes, one of them speaking. Drawn for this card. */
import { LabIcon } from '@jupyterlab/ui-components';

export const learnIcon = new LabIcon({
  name: 'nanochat-learn:learn',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g stroke-width="1.8" class="jp-icon3" stroke="#616161">
    <path d="M7 15.5l3-5.5M14.5 9l3 6M8.5 18h7"/>
  </g>
  <g class="jp-icon-brand0" fill="#1565c0">
    <path d="M8 3h8a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2h-2.5L12 12l-1.5-2H8a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"/>
    <circle cx="5.5" cy="18" r="3"/>
    <circle cx="18.5" cy="18" r="3"/>
  </g>
</svg>`
});
