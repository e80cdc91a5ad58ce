/** The concept panel's icon: an open book with a spark. Drawn for this panel. */
import { LabIcon } from '@jupyterlab/ui-components';

export const conceptIcon = new LabIcon({
  name: 'nanochat-learn:concept',
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="#616161">
    <path d="M12 9.2C10 7.6 7 7 3 7v11c4 0 7 .6 9 2 2-1.4 5-2 9-2V7c-4 0-7 .6-9 2.2zM5 9.1c2.6.2 4.6.8 6 1.9v6.5c-1.700-.8-3.700-1.200-6-1.400zm14 7c-2.300.2-4.300.6-6 1.400V11c1.400-1.100 3.400-1.700 6-1.900z"/>
    <path d="M12 1l1 2.5L15.5 4.5 13 5.5 12 8l-1-2.5L8.5 4.5 11 3.5z"/>
  </g>
</svg>`
});
