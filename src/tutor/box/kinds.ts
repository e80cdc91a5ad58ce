/** What can go along with a question, each with its own switch. Types only, and their list. */
import type { NodeId } from '../../api/types.gen';

export const KINDS = [
  'document',
  'selection',
  'cell',
  'error',
  'trace',
  'progress'
] as const;
export type Kind = (typeof KINDS)[number];
export type Consent = Readonly<Record<Kind, boolean>>;

/** What "ask about this" was pressed on: it is sent until it is taken away. */
export interface IAbout {
  readonly about: NodeId | null;
  readonly selection: string;
  readonly cell: string;
  readonly error: string;
}
