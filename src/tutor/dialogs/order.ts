/** Who is asked first and who comes next: an order of model ids without doubles. Pure. */
import type { ModelInfo, TutorState } from '../../api/types.gen';

/** The first is asked; each other one when those before it cannot answer. */
export type Order = readonly string[];

/** The server takes one model and so many after it. */
export const MOST = 21;

export function orderOf({ model, fallbacks }: TutorState): Order {
  return [...new Set([model, ...fallbacks])].filter(id => id !== '');
}

export function putFirst(order: Order, id: string): Order {
  return [id, ...order.filter(other => other !== id)].slice(0, MOST);
}

/** At the end, unless it is in the order already. */
export function putLast(order: Order, id: string): Order {
  return order.includes(id) || order.length >= MOST ? order : [...order, id];
}

/** One place nearer to the front. */
export function sooner(order: Order, id: string): Order {
  const at = order.indexOf(id);
  return at <= 0
    ? order
    : [...order.slice(0, at - 1), id, order[at - 1], ...order.slice(at + 1)];
}

export function without(order: Order, id: string): Order {
  return order.filter(other => other !== id);
}

/** Models in which every word that was typed stands somewhere; the order stays. */
export function searched(
  models: readonly ModelInfo[],
  text: string
): readonly ModelInfo[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter(({ id, label, free }) => {
    const all = `${id} ${label}${free ? ' free' : ''}`.toLowerCase();
    return words.every(word => all.includes(word));
  });
}
