/** The colours of the map, read from the theme's variables. The only place that reads them. */
import { type Mastery, MASTERY_COLOURS } from '../../parts/mastery';
import type { EdgeKind, IGraphNode, NodeType } from '../model/model';

export interface IPalette {
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly accent: string;
  readonly focus: string;
  readonly pin: string;
  readonly font: string;
  readonly types: Readonly<Record<NodeType, string>>;
  readonly edges: Readonly<Record<Family, string>>;
  readonly mastery: Readonly<Record<Mastery, string>>;
}

/** Edges of one family look the same. */
export type Family = 'structure' | 'use' | 'kinship' | 'idea' | 'path';

export interface IEdgeLook {
  readonly family: Family;
  readonly dash: readonly number[];
  readonly width: number;
  readonly arrow: boolean;
}

const USE: IEdgeLook = { family: 'use', dash: [], width: 1, arrow: true };
const KIN: IEdgeLook = {
  family: 'kinship',
  dash: [6, 2, 1, 2],
  width: 1.2,
  arrow: true
};
const IDEA: IEdgeLook = {
  family: 'idea',
  dash: [5, 3],
  width: 1.2,
  arrow: true
};

export const EDGE_LOOKS: Readonly<Record<EdgeKind, IEdgeLook>> = {
  contains: { family: 'structure', dash: [], width: 0.8, arrow: false },
  calls: USE,
  instantiates: USE,
  imports: { family: 'use', dash: [2, 3], width: 1, arrow: true },
  inherits: KIN,
  overrides: KIN,
  explains: IDEA,
  defines: IDEA,
  visualizes: IDEA,
  teaches: IDEA,
  references: { ...IDEA, dash: [1, 3] },
  prerequisite: { family: 'path', dash: [], width: 1.8, arrow: true }
};

/** As a CSS variable each, with what stands in where a theme lacks it. */
export const TYPE_COLOURS: Readonly<
  Record<NodeType, readonly [string, string]>
> = {
  concept: ['--jp-brand-color1', '#1976d2'],
  file: ['--jp-ui-font-color1', '#212121'],
  class: ['--jp-ui-font-color2', '#616161'],
  function: ['--jp-ui-font-color2', '#616161'],
  lesson: ['--jp-success-color1', '#2e7d32'],
  viz: ['--jp-warn-color1', '#bf5b00'],
  external: ['--jp-ui-font-color2', '#616161']
};

export const FAMILY_COLOURS: Readonly<
  Record<Family, readonly [string, string]>
> = {
  structure: ['--jp-border-color1', '#bdbdbd'],
  use: ['--jp-ui-font-color2', '#616161'],
  kinship: ['--jp-ui-font-color1', '#212121'],
  idea: ['--jp-brand-color1', '#1976d2'],
  path: ['--jp-brand-color1', '#1976d2']
};

/** What the theme says now; ask again when it changes. */
export function readPalette(host: Element): IPalette {
  const style = getComputedStyle(host);
  const read = ([name, otherwise]: readonly [string, string]): string =>
    style.getPropertyValue(name).trim() || otherwise;
  const all = <K extends string>(
    table: Readonly<Record<K, readonly [string, string]>>
  ): Record<K, string> =>
    Object.fromEntries(
      Object.entries<readonly [string, string]>(table).map(([key, value]) => [
        key,
        read(value)
      ])
    ) as Record<K, string>;
  return {
    background: read(['--jp-layout-color1', '#ffffff']),
    text: read(['--jp-ui-font-color1', '#212121']),
    quiet: read(['--jp-ui-font-color2', '#616161']),
    accent: read(['--jp-brand-color1', '#1976d2']),
    focus:
      read(['--jp-focus-outline-color', '']) ||
      read(['--jp-brand-color1', '#1976d2']),
    pin: read(['--jp-error-color1', '#d32f2f']),
    font: read(['--jp-ui-font-family', 'sans-serif']),
    types: all(TYPE_COLOURS),
    edges: all(FAMILY_COLOURS),
    mastery: all(MASTERY_COLOURS)
  };
}

export function colourOf(node: IGraphNode, palette: IPalette): string {
  return node.colour ?? palette.types[node.type];
}
