/** The plugins of nanochat-learn: a list to read, nothing computed. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import api from './api/plugin';
import cells from './cells/plugin';
import code from './code/plugin';
import concept from './concept/plugin';
import gaps from './gaps/plugin';
import graph from './graph/plugin';
import gutter from './gutter/plugin';
import home from './home/plugin';
import lesson from './lesson/plugin';
import lines from './lines/plugin';
import path from './path/plugin';
import state from './state/plugin';
import trace from './trace/plugin';
import tutor from './tutor/plugin';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  ...api,
  ...state,
  code,
  gutter,
  lines,
  concept,
  graph,
  cells,
  gaps,
  trace,
  lesson,
  path,
  tutor,
  home
];

export default plugins;
