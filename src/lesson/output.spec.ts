import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { LESSON_MIME } from '../api/types.gen';
import { LessonOutputView } from './output';
import { lessonOutputOf, valuesOf } from './output-body';
import { CHECK, LESSON, PREDICTION, props, QUIZ } from './sample';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let view: LessonOutputView | null = null;

afterEach(async () => {
  await turn(() => view?.dispose());
  view = null;
  document.body.replaceChildren();
});

const turn = (work: () => unknown): Promise<void> =>
  act(async () => {
    await work();
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 5));
    MessageLoop.flush();
    await new Promise(resolve => setTimeout(resolve, 5));
  });

async function shown(data: unknown, made = props()) {
  const output = new LessonOutputView(made.props);
  view = output;
  await turn(async () => {
    Widget.attach(output, document.body);
    await output.renderModel({
      trusted: false,
      data: { [LESSON_MIME]: data } as never,
      metadata: {},
      setData: () => undefined
    });
  });
  const { node } = output;
  const all = <K extends keyof HTMLElementTagNameMap>(tag: K) => [
    ...node.querySelectorAll(tag)
  ];
  const press = async (name: string): Promise<void> => {
    const found = all('button').find(({ textContent }) => textContent === name);
    expect(found, name).toBeDefined();
    found?.focus(); // As a keyboard does.
    await turn(() => found?.click());
  };
  const choose = (n: number): Promise<void> =>
    turn(() => all('input')[n].click());
  return { ...made, node, all, press, choose };
}

describe('a prediction', () => {
  it('is stored once, and stands', async () => {
    const { node, all, press, choose, given } = await shown(PREDICTION);
    expect(node.querySelector('legend')?.innerHTML).toBe(
      'Which shape has <code>scores</code>?'
    );
    await press('Store my guess');
    expect(given).toEqual([]); // Nothing is chosen.
    await choose(1);
    await press('Store my guess');
    expect(given).toMatchObject([
      {
        lesson: LESSON,
        item: 'shape_of_scores',
        kind: 'prediction',
        outcome: 'given',
        answer: '(4, 8)'
      }
    ]);
    expect(node.textContent).toContain('Your guess is stored.');
    expect(document.activeElement?.textContent).toContain('is stored');
    expect(all('button')).toHaveLength(0);
    expect(all('input').map(({ disabled }) => disabled)).toEqual([true, false]);
    await choose(0);
    expect(all('input')[1].checked).toBe(true);
    expect(given).toHaveLength(1);
  });

  it('is typed where there are no choices, and is there after a reload', async () => {
    const asked = { ...PREDICTION, choices: [], guess: '16' };
    const { all } = await shown(asked);
    expect(all('input')[0].value).toBe('16');
    expect(all('input')[0].readOnly).toBe(true);
    expect(all('button')).toHaveLength(0);
  });
});

describe('a question', () => {
  it('has feedback for each choice, may be tried again, and tells all answers', async () => {
    const { node, all, press, choose, given } = await shown(QUIZ);
    await choose(0);
    await press('Answer');
    expect(node.textContent).toContain('A division costs time.');
    expect(node.textContent).not.toContain('Long rows sum up.');
    expect(document.activeElement?.textContent).toBe('Try again');
    await press('Try again');
    expect(document.activeElement).toBe(all('input')[0]);
    expect(node.textContent).toContain('tried before');
    await choose(1);
    await press('Answer again');
    expect(node.textContent).toContain('Long rows sum up.');
    expect(node.textContent).toContain('Your first answer was another one');
    expect(document.activeElement?.textContent).toContain('Long rows');
    expect(given.map(({ answer, outcome }) => [answer, outcome])).toEqual([
      ['For speed', 'wrong'],
      ['To keep `scores` small', 'right']
    ]);
  });

  it('shows what was answered before', async () => {
    const made = props();
    void made.props.learned.give('', {
      lesson: LESSON,
      item: 'q1',
      kind: 'quiz',
      outcome: 'wrong',
      answer: 'For speed'
    });
    const { all, node } = await shown(QUIZ, made);
    expect(all('input')[0].checked).toBe(true);
    expect(node.textContent).toContain('A division costs time.');
  });

  it('says that an answer waits, and sends it', async () => {
    const made = props();
    const { node, choose, press, given, unsent } = await shown(QUIZ, made);
    await choose(1);
    await press('Answer');
    const ids = new Set([given[0].id]);
    await turn(() => unsent.set({ ids, sentence: 'Away.', hint: 'Wait.' }));
    expect(node.textContent).toContain('Away. Wait.');
    expect(node.textContent).toContain('Long rows sum up.');
    await press('Send it now');
    expect(node.textContent).not.toContain('Away.');
  });

  it('leaves the notebook its keys with a modifier, and keeps the others', async () => {
    const { all } = await shown(QUIZ);
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent): void => void heard.push(key);
    document.addEventListener('keydown', listen);
    for (const init of [
      { key: 'ArrowDown' },
      { key: 'd' },
      { key: 'Escape' },
      { key: 'Enter', shiftKey: true },
      { key: 's', ctrlKey: true }
    ]) {
      all('input')[0].dispatchEvent(
        new KeyboardEvent('keydown', { ...init, bubbles: true })
      );
    }
    document.removeEventListener('keydown', listen);
    expect(heard).toEqual(['Escape', 'Enter', 's']);
  });

  it('asks for a choice when there is none yet', async () => {
    const { node, press, given } = await shown(QUIZ);
    await press('Answer');
    expect(node.textContent).toContain('Choose one of them first');
    expect(given).toEqual([]);
  });

  it('keeps the focus when the button that had it leaves, and gives it back to the cell', async () => {
    const { node, all, choose } = await shown(QUIZ);
    const cell = document.createElement('div');
    cell.className = 'jp-Cell';
    cell.tabIndex = -1;
    node.replaceWith(cell);
    cell.append(node);
    await choose(1);
    const button = all('button')[0];
    button.focus();
    await turn(() => button.click());
    expect(button.isConnected).toBe(false);
    expect(node.contains(document.activeElement)).toBe(true);
    const here = document.activeElement;
    const heard: string[] = [];
    cell.addEventListener('keydown', ({ key }) => heard.push(key));
    for (const key of ['ArrowDown', 'Escape']) {
      here?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }
    expect(heard).toEqual(['ArrowDown', 'Escape']);
    expect(document.activeElement).toBe(cell);
    view = null; // It goes with its cell.
    cell.remove();
  });
});

describe('a verdict', () => {
  it('has a ladder of hints, and a solution after an attempt', async () => {
    const { node, all, press, given, copied } = await shown(CHECK);
    expect(node.textContent).toContain('Not right yet.');
    expect(node.textContent).not.toContain('Which shapes?');
    expect(node.textContent).not.toContain('q @ k.T');
    await press('Hint 1 of 3');
    expect(all('li').map(li => li.textContent)).toEqual(['Which shapes?']);
    await press('Hint 2 of 3');
    expect(all('li')[1].innerHTML).toBe('Turn <code>k</code> over.');
    await press('Hint 3 of 3');
    expect(document.activeElement).toBe(all('li')[2]);
    await press('Show the solution');
    expect(all('pre')[0].textContent).toBe('scores = q @ k.T\n');
    await press('Copy');
    expect(copied).toEqual(['scores = q @ k.T\n']);
    expect(given.map(({ kind, answer }) => [kind, answer])).toEqual([
      ['hint', '1'],
      ['hint', '2'],
      ['hint', '3'],
      ['solution', '']
    ]);
  });

  it.each([
    [
      'Not yet.',
      { attempts: 0, counted: false, solution: null },
      ['Hint 1 of 3']
    ],
    ['Right.', { right: true, hints_seen: 3 }, ['Show the solution']]
  ])('says “%s”', async (word, more, buttons) => {
    const { node, all } = await shown({ ...CHECK, ...more });
    expect(node.querySelector('strong')?.textContent).toBe(word);
    expect(all('button').map(({ textContent }) => textContent)).toEqual(
      buttons
    );
  });
});

describe('other outputs', () => {
  it.each([
    [
      {
        kind: 'reveal',
        lesson: LESSON,
        item: 'a',
        question: '',
        guess: '(4, 8)',
        truth: '(4, 4)',
        right: false,
        message: 'One score for each pair.'
      },
      ['Your guess', '(4, 8)', '(4, 4)', 'Not as you guessed.', 'One score']
    ],
    [
      {
        kind: 'compare',
        toy: 'toy_softmax',
        real: 'real_softmax',
        shape: [4],
        difference: 1e-7,
        tolerance: 1e-5,
        agree: true,
        message: 'The same within rounding.'
      },
      [
        'toy_softmax',
        'real_softmax',
        '(4,)',
        'less than 0.000001',
        'They agree.'
      ]
    ],
    [
      {
        kind: 'hint',
        lesson: LESSON,
        item: 'a',
        number: 1,
        of: 3,
        text: 'Look.'
      },
      ['Hint 1 of 3', 'Look.']
    ],
    [
      {
        kind: 'solution',
        lesson: LESSON,
        item: 'a',
        code: null,
        message: 'Try.'
      },
      ['Try.']
    ]
  ])('say what the kernel found: %j', async (data, words) => {
    const { node } = await shown(data);
    words.forEach(word => expect(node.textContent).toContain(word));
  });

  it('never are HTML', async () => {
    const bad = '<img src=x onerror=alert(1)>';
    const { node } = await shown({ ...CHECK, message: `${bad} \`${bad}` });
    expect(node.querySelector('img')).toBeNull();
    expect(node.textContent).toContain(bad);
  });

  it.each([
    [null],
    [{ kind: 'toString' }],
    [{ kind: 'quiz' }],
    [{ ...QUIZ, choices: [] }],
    [{ ...CHECK, lesson: '../etc' }],
    [{ ...CHECK, attempts: -1 }],
    [{ ...PREDICTION, item: 'a b' }],
    [{ kind: 'picture', picture: '../x', title: '', inputs: {}, params: {} }]
  ])('that cannot be read are a sentence: %j', async data => {
    const { node } = await shown(data);
    expect(node.querySelector('[role="alert"]')?.textContent).toContain(
      'Run its cell again.'
    );
  });
});

describe('a picture', () => {
  const bytes = btoa(
    String.fromCharCode(...new Uint8Array(new Float32Array([1, 2]).buffer))
  );
  const picture = (data: string, shape = [2]) => ({
    kind: 'picture',
    picture: 'softmax_bars',
    title: 'Scores into shares',
    inputs: { logits: { dtype: 'float32', shape, data }, names: ['a', 'b'] },
    params: { temperature: 0.5 }
  });

  it('is drawn by its module with the numbers of the kernel', async () => {
    const got: Record<string, unknown> = {};
    const load = vi.fn((_: string) =>
      Promise.resolve({
        default: {
          render: ({
            model,
            el
          }: {
            model: Map<string, unknown>;
            el: Node;
          }) => {
            for (const name of ['logits', 'names', 'temperature']) {
              got[name] = model.get(name);
            }
            el.appendChild(document.createTextNode('drawn'));
          }
        }
      })
    );
    const { node } = await shown(picture(bytes), props(load));
    expect(load.mock.calls[0][0]).toBe('pictures/softmax_bars.js');
    expect(node.textContent).toContain('drawn');
    const { data } = got.logits as { data: DataView };
    expect([data.getFloat32(0, true), data.getFloat32(4, true)]).toEqual([
      1, 2
    ]);
    expect(got).toMatchObject({ names: ['a', 'b'], temperature: 0.5 });
  });

  it('that is missing is a sentence with a way to try again', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const missing = props(() => Promise.reject(new Error('404')));
    const { node, all } = await shown(picture(bytes), missing);
    expect(node.textContent).toContain('The picture cannot be shown.');
    expect(all('button')[0].textContent).toBe('Try again');
    vi.restoreAllMocks();
  });

  it('does not believe numbers that do not fill their shape', () => {
    const read = lessonOutputOf(picture(bytes, [3]));
    expect(() => valuesOf(read as never)).toThrow('do not fill');
    expect(() => valuesOf(lessonOutputOf(picture('%')) as never)).toThrow();
  });
});
