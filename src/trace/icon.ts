/** The trace panel's icon: a strip of steps with a play head. Drawn for this panel. */
import { LabIcon } from '@jupyterlab/ui-components';

export const traceIcon = new LabIcon({
  name: 'nanochat-learn:traces',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M8 3l10 6-10 6z"/>
    <path d="M3 18h4v3H3zM8.500 18h4v3h-4zM14 18h3v3h-3zM18.500 18h2.500v3h-2.500z"/>
  </g>
</svg>`
});
