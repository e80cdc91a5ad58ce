import { afterEach, expect, it, vi } from 'vitest';

import { props } from './sample';
import { enliven, pictureIn } from './stills';

afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

const soon = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 60));

it.each([
  ['pictures/softmax_bars.svg', 'softmax_bars'],
  ['/user/x/files/lessons/pictures/rope_dials.svg?_xsrf=1', 'rope_dials'],
  ['pictures/a.png', null],
  ['mypictures/a.svg', null],
  ['', null]
])('%s names %s', (address, id) => expect(pictureIn(address)).toBe(id));

function notebook(load: (url: string) => Promise<unknown>) {
  const node = document.createElement('div');
  document.body.append(node);
  const leaving = new AbortController();
  const made = props(load);
  const { session, pictures } = made.props;
  enliven(node, pictures(leaving.signal), session, leaving.signal);
  const render = (address: string): HTMLElement => {
    const cell = document.createElement('div');
    cell.className = 'jp-MarkdownCell';
    const text = document.createElement('div');
    text.className = 'jp-RenderedMarkdown';
    const img = document.createElement('img');
    img.setAttribute('src', address);
    img.alt = 'Shares';
    text.append(img);
    cell.append(text);
    node.append(cell);
    return cell;
  };
  return { ...made, node, leaving, render };
}

/** A module that draws when it is told to, and says when it leaves. */
function slow() {
  const left: string[] = [];
  let go = (): void => undefined;
  const ready = new Promise<void>(resolve => (go = resolve));
  const load = async (): Promise<unknown> => {
    await ready;
    return {
      default: {
        render: ({ el }: { el: HTMLElement }) => {
          el.append('live');
          return () => left.push('left');
        }
      }
    };
  };
  return { load, left, go: () => go() };
}

it('the still stays until the picture stands, and comes back when it leaves', async () => {
  const { load, left, go } = slow();
  const { render, leaving } = notebook(load);
  const cell = render('pictures/softmax_bars.svg');
  await soon();
  const img = cell.querySelector('img');
  const stage = cell.querySelector('.jp-NanochatLearn-livePicture');
  expect(img?.hidden).toBe(false);
  expect(stage?.classList.contains('jp-mod-waiting')).toBe(true);
  go();
  await soon();
  expect(img?.hidden).toBe(true);
  expect(stage?.textContent).toBe('live');
  expect(stage?.getAttribute('aria-label')).toBe('Shares');
  leaving.abort();
  expect(img?.hidden).toBe(false);
  expect(left).toEqual(['left']);
  expect(cell.querySelector('.jp-NanochatLearn-livePicture')).toBeNull();
});

it('a cell that goes takes its picture along, and brings it back', async () => {
  const { load, left, go } = slow();
  go();
  const { node, render } = notebook(load);
  const cell = render('pictures/softmax_bars.svg');
  await soon();
  cell.remove();
  await soon();
  expect(left).toEqual(['left']);
  node.append(cell);
  await soon();
  expect(cell.querySelectorAll('.jp-NanochatLearn-livePicture')).toHaveLength(
    1
  );
  expect(cell.textContent).toContain('live');
});

it('an address that comes later is seen, another image is left alone', async () => {
  const { load, go } = slow();
  go();
  const { render } = notebook(load);
  const cell = render('');
  const other = render('pictures/photo.png');
  await soon();
  expect(cell.textContent).toBe('');
  cell.querySelector('img')?.setAttribute('src', '/files/pictures/a.svg');
  await soon();
  expect(cell.textContent).toBe('live');
  expect(other.querySelector('img')?.hidden).toBe(false);
});

it('where the module is missing the still is the picture, and is not tried again', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const load = vi.fn(() => Promise.reject(new Error('404')));
  const { node, render } = notebook(load);
  const cell = render('pictures/softmax_bars.svg');
  await soon();
  node.append(document.createElement('p'));
  await soon();
  expect(load).toHaveBeenCalledTimes(1);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(cell.querySelector('img')?.hidden).toBe(false);
  expect(cell.querySelector('.jp-NanochatLearn-livePicture')).toBeNull();
});
