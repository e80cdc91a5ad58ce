/** What the parts of the room are handed. Types only. */
import type { NodeId } from '../api/types.gen';
import type { Field } from '../state/field';
import type { TutorModel } from './chat-model';
import type { IServices } from './services';
import type { Surroundings } from './box/surroundings';
import type { Talk } from './talk/talk';

export interface IRoom extends IServices {
  readonly talk: Talk;
  readonly model: TutorModel;
  readonly surroundings: Surroundings;
  /** Set where somebody came on purpose: the box takes the focus as soon as it stands. */
  readonly focusDue: Field<boolean>;
  /** The key of the question that is asked again with another text. */
  readonly editing: Field<string | null>;
  /** How a node is called: by the graph, else by its id. */
  labelOf(id: NodeId): string;
  open(id: NodeId): void;
}
