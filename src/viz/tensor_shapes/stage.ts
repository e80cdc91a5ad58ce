/** A scene in the document: cells that can be pointed at and walked, boxes, names, memory. */
import { element } from '../kit/dom';
import {
  type IFocus,
  type IPointing,
  pointable,
  pointableWithin
} from '../kit/focus';
import { ARROWS } from '../kit/walk';
import { type ICell, type IMark, type IScene, neighbour } from './layout';

export interface ILook {
  readonly chosen: number;
  /** The head a number belongs to, once there are heads. */
  head(place: number): number | null;
  /** What a cell is called by ear. */
  name(place: number): string;
  box(number: number): string;
  mark(mark: IMark): string;
}

export interface IStage {
  readonly node: HTMLElement;
  readonly memory: HTMLElement;
  show(scene: IScene, look: ILook): void;
}

export function stageView(
  label: string,
  pointing: IPointing,
  /** What somebody points at who is on the number at this place in memory. */
  focus: (place: number) => IFocus
): IStage {
  const cells = new Map<number, HTMLButtonElement>();
  const boxes = element('div', { 'aria-hidden': 'true' });
  const marks = element('div', { 'aria-hidden': 'true' });
  const node = element(
    'div',
    { class: 'nl-stage', role: 'group', 'aria-label': label },
    boxes,
    marks
  );
  const memory = element('div', { class: 'nl-memory', 'aria-hidden': 'true' });
  let now: readonly ICell[] = [];
  pointableWithin(node, pointing);
  pointableWithin(memory, pointing);

  const made = (place: number): HTMLButtonElement => {
    const cell = element(
      'button',
      { type: 'button', class: 'nl-cell' },
      String(place)
    );
    pointable(cell, pointing, () => focus(place));
    cell.addEventListener('keydown', event => {
      const way = ARROWS[event.key];
      const here = now.find(one => one.place === place);
      if (way && here) {
        event.preventDefault();
        const next = neighbour(now, here, ...way);
        if (next) {
          cells.get(next.place)?.focus();
        }
      }
    });
    cells.set(place, cell);
    node.append(cell);
    return cell;
  };

  return {
    node,
    memory,
    show(scene, look) {
      now = scene.cells;
      node.style.height = `${scene.height}px`;
      for (const { place, x, y, opacity } of now) {
        const cell = cells.get(place) ?? made(place);
        const side = `${scene.cell - 1}px`;
        cell.style.width = cell.style.height = side;
        cell.style.opacity = String(opacity);
        at(cell, x, y);
        dressed(cell, place, look);
        cell.tabIndex = place === look.chosen ? 0 : -1;
        cell.setAttribute('aria-label', look.name(place));
      }
      const stays = new Set(now.map(({ place }) => place));
      for (const [place, cell] of cells) {
        if (!stays.has(place)) {
          cell.remove();
          cells.delete(place);
        }
      }
      boxes.replaceChildren(
        ...scene.boxes.map(box => {
          const text = box.kind === 'text';
          const title = element('span', {}, text ? look.box(box.number) : '');
          const frame = element('div', { class: 'nl-box' }, title);
          frame.dataset.kind = box.kind;
          if (!text) {
            frame.dataset.head = String(box.number);
          }
          frame.style.width = `${box.width}px`;
          frame.style.height = `${box.height}px`;
          frame.style.opacity = String(box.opacity);
          at(frame, box.x, box.y);
          return frame;
        })
      );
      marks.replaceChildren(
        ...scene.marks.map(mark => {
          const name = element('div', { class: 'nl-mark' }, look.mark(mark));
          name.style.opacity = String(mark.opacity);
          const turn = mark.down ? ' rotate(-90deg)' : '';
          name.style.transform = `translate(${mark.x}px,${mark.y}px) translate(-50%,-50%)${turn}`;
          return name;
        })
      );
      strip(now.length, look);
    }
  };

  function strip(count: number, look: ILook): void {
    while (memory.childElementCount > count) {
      memory.lastChild?.remove();
    }
    while (memory.childElementCount < count) {
      const part = element('div');
      const place = memory.childElementCount;
      pointable(part, pointing, () => focus(place));
      memory.append(part);
    }
    [...memory.children].forEach((part, place) =>
      dressed(part as HTMLElement, place, look)
    );
  }
}

function dressed(node: HTMLElement, place: number, look: ILook): void {
  const head = look.head(place);
  if (head === null) {
    delete node.dataset.head;
  } else {
    node.dataset.head = String(head);
  }
  node.toggleAttribute('data-chosen', place === look.chosen);
}

function at(node: HTMLElement, x: number, y: number): void {
  node.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
}
