import {
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ApiError } from '../api/failure';
import type {
  ConceptId,
  ConceptPage,
  KnowledgeGraph,
  NodeId,
  PictureId
} from '../api/types.gen';
import { Field } from '../state/field';
import type { IApi, IPointing, ISession, Loaded } from '../tokens';
import { addressOf } from '../markdown/links';
import { drawPage } from './page';
import { ConceptPanel, type IPanelActions } from './panel';
import { Pictures } from '../pictures/pictures';
import { PictureSlots } from './slots';

const trans = nullTranslator.load('nanochat_learn');
const rendermime = new RenderMimeRegistry({
  initialFactories: standardRendererFactories,
  // Enough Markdown for the links; the sanitizer behind it is JupyterLab's own.
  markdownParser: {
    render: text =>
      Promise.resolve(
        text
          .replace(/\[([^\]]+)\]\(([^)]+)\)/g, '<a href="$2">$1</a>')
          .replace(/^## (.*)$/gm, '<h2>$1</h2>')
      )
  }
});

function page(id: string, more: Partial<ConceptPage> = {}): ConceptPage {
  return {
    id: id as ConceptId,
    title: `Title of ${id}`,
    cluster: 'architecture' as ConceptPage['cluster'],
    state: 'written',
    sentence: `Sentence of ${id}.`,
    aliases: [],
    body: '',
    file_path: null,
    simpler: [],
    deeper: [],
    anchors: [],
    pictures: [],
    planned_pictures: [],
    lessons: [],
    links: {},
    ...more
  };
}

const TERMS = [
  {
    term: 'query',
    forms: [],
    meaning: 'What a token asks.',
    concept: 'b.c' as ConceptId
  }
];

/** `b.c` is known, and explains `g.py:f`. */
function graph(hash: string): Loaded<KnowledgeGraph> {
  const elements = {
    nodes: [
      {
        data: {
          id: 'concept:b.c',
          type: 'concept',
          label: 'B and C',
          docstring: 'What b is to c.',
          state: 'planned'
        }
      }
    ],
    edges: [
      { data: { type: 'explains', source: 'concept:b.c', target: 'g.py:f' } }
    ]
  };
  const value = { content_hash: hash, clusters: [], elements } as unknown;
  return { kind: 'ready', value: value as KnowledgeGraph };
}

const widgets: Widget[] = [];
afterEach(() => widgets.splice(0).forEach(widget => widget.dispose()));

function setUp(pages: Record<string, ConceptPage | ApiError>) {
  const asked: string[] = [];
  const did: string[] = [];
  const session = {
    document: new Field(''),
    graph: new Field<Loaded<KnowledgeGraph>>(graph('1')),
    pointing: new Field<IPointing | null>(null)
  } as unknown as ISession;
  const mathematics = new Field(false);
  const api = {
    concept: (_: string, id: ConceptId) => {
      asked.push(id);
      const found = pages[id];
      return found instanceof ApiError || found === undefined
        ? Promise.reject(found)
        : Promise.resolve(found);
    },
    pictureUrl: (id: PictureId) => `/${id}.js`
  } as unknown as IApi;
  const act =
    (name: string) =>
    (id?: unknown): void =>
      void did.push(typeof id === 'string' ? `${name} ${id}` : name);
  const actions: IPanelActions = {
    back: () => panel.step(-1),
    forward: () => panel.step(1),
    showGraph: act('graph'),
    focusInGraph: act('focus'),
    ask: act('ask'),
    prepareWorkspace: act('prepare'),
    indexWorkspace: act('index')
  };
  const load = vi.fn((url: string) => Promise.reject(new Error(url)));
  const panel: ConceptPanel = new ConceptPanel({
    api,
    session,
    trans,
    actions,
    mathematics,
    draw: async (host, drawn, cluster, signal) => {
      // As in the real panel, the code of the page arrives a little later.
      await Promise.resolve();
      const note = drawPage(
        host,
        drawn,
        cluster,
        {
          rendermime,
          trans,
          session,
          mathematics,
          guesses: new Map(),
          terms: () => Promise.resolve(TERMS),
          choose: () => Promise.reject(new Error('no kernel in this test')),
          highlight: (code, target) => {
            target.textContent = code;
            return Promise.resolve();
          },
          slots: new PictureSlots(
            new Pictures(
              { api, session, themes: null, trans, lang: 'en', load },
              signal
            ),
            trans
          ),
          actions: {
            openConcept: id => panel.open(id),
            openNode: act('node'),
            openCode: anchor => did.push(`code ${anchor.line}`),
            openLesson: act('lesson')
          }
        },
        signal
      );
      return { note };
    }
  });
  widgets.push(panel);
  return { panel, session, asked, did, load };
}

function show(panel: Widget): void {
  Widget.attach(panel, document.body);
}

const settle = (): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, 20));

const heading = (panel: Widget): string =>
  panel.node.querySelector('article > header h2')?.textContent ?? '';

const buttonCalled = (panel: Widget, name: string): HTMLButtonElement => {
  const found = [...panel.node.querySelectorAll('button')].find(
    node => (node.getAttribute('aria-label') ?? node.textContent) === name
  );
  if (found === undefined) {
    throw new Error(`no button ${name}`);
  }
  return found;
};

describe('the concept panel', () => {
  it('asks for nothing while hidden', async () => {
    const { panel, asked } = setUp({ a: page('a') });
    panel.open('a' as ConceptId);
    await settle();
    expect(asked).toEqual([]);
    show(panel);
    await settle();
    expect(asked).toEqual(['a']);
    expect(heading(panel)).toBe('Title of a');
  });

  it('walks to a simpler concept and back, keeping the place on the page', async () => {
    const simpler = {
      id: 'b' as ConceptId,
      title: 'B',
      cluster: 'x' as never,
      state: 'planned' as const,
      sentence: ''
    };
    const { panel } = setUp({
      a: page('a', { simpler: [simpler] }),
      b: page('b', { state: 'planned' })
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    const host = panel.node.querySelector('.jp-NanochatLearn-page');
    expect(buttonCalled(panel, 'Back').disabled).toBe(true);
    host!.scrollTop = 40;
    buttonCalled(panel, 'B').focus();
    buttonCalled(panel, 'B').click();
    await settle();
    expect(heading(panel)).toBe('Title of b');
    expect(panel.node.textContent).toContain('not written yet');
    expect(panel.node.textContent).toContain('Sentence of b.');
    expect(document.activeElement?.textContent).toBe('Title of b');
    expect(host!.scrollTop).toBe(0);
    buttonCalled(panel, 'Back').click();
    await settle();
    expect(heading(panel)).toBe('Title of a');
    expect(host!.scrollTop).toBe(40);
    expect(buttonCalled(panel, 'Forward').disabled).toBe(false);
  });

  it('asks about the concept in view, and about none before there is one', async () => {
    const { panel, did } = setUp({ a: page('a') });
    show(panel);
    expect(buttonCalled(panel, 'Ask about this concept').disabled).toBe(true);
    panel.open('a' as ConceptId);
    await settle();
    buttonCalled(panel, 'Ask about this concept').click();
    expect(did).toContain('ask a');
  });

  it('shows only the last of two quick choices', async () => {
    const { panel } = setUp({ a: page('a'), b: page('b') });
    show(panel);
    panel.open('a' as ConceptId);
    panel.open('b' as ConceptId);
    await settle();
    expect(heading(panel)).toBe('Title of b');
    expect(panel.node.querySelectorAll('article')).toHaveLength(1);
  });

  it('sanitises the note and follows its links', async () => {
    const { panel, did } = setUp({
      a: page('a', {
        body: 'See [[b.c]]. <img src="x" onerror="alert(1)"><script>window.hit = 1</script>',
        links: { 'b.c': 'concept:b.c' as NodeId }
      })
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    const note = panel.node.querySelector('.jp-NanochatLearn-note')!;
    expect(note.querySelector('script')).toBeNull();
    expect(note.innerHTML).not.toContain('onerror');
    const link = note.querySelector('a')!;
    expect(link.getAttribute('href')).toBe(addressOf('concept:b.c' as NodeId));
    expect(link.textContent).toBe('B and C');
    link.click();
    expect(did).toEqual(['node concept:b.c']);
  });

  it('opens code by click and by Enter', async () => {
    const anchor = {
      node: 'g.py:f' as NodeId,
      label: 'f',
      file_path: 'g.py',
      line: 7,
      end_line: 9,
      cell: null,
      code: 'x < 1 & "y"'
    };
    const { panel, did } = setUp({ a: page('a', { anchors: [anchor] }) });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    buttonCalled(panel, 'f g.py:7').click();
    const lines = panel.node.querySelector('pre')!;
    expect(lines.querySelector('code')?.textContent).toBe(anchor.code);
    lines.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })
    );
    expect(did).toEqual(['code 7', 'code 7']);
  });

  it('puts pictures where the note says “See it”, and words where one fails', async () => {
    const { panel, load } = setUp({
      a: page('a', {
        body: 'Before.\n\n## See it\n\nAfter.',
        pictures: [
          {
            api: 1,
            id: 'rope_dials' as PictureId,
            title: 'Dials',
            concepts: [],
            inputs: {},
            params: {},
            size: { width: 1, height: 1 },
            keys: {},
            alt: 'Two dials turn.'
          }
        ],
        planned_pictures: ['causal_mask' as PictureId]
      })
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    const section = panel.node.querySelector('.jp-NanochatLearn-pictures')!;
    expect(section.previousElementSibling?.textContent).toContain('See it');
    expect(load).toHaveBeenCalledWith('/rope_dials.js');
    expect(section.querySelector('.jp-mod-failed')?.textContent).toContain(
      'Two dials turn.'
    );
    expect(section.textContent).toContain('“causal mask” is planned');
    buttonCalled(panel, 'Try again').click();
    await settle();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('explains a linked concept on focus, until Escape', async () => {
    const { panel, session } = setUp({
      a: page('a', {
        body: 'See [[b.c]].',
        links: { 'b.c': 'concept:b.c' as NodeId }
      })
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    const link = panel.node.querySelector<HTMLElement>(
      '.jp-NanochatLearn-note a'
    )!;
    link.focus();
    const tip = panel.node.querySelector<HTMLElement>('[role=tooltip]')!;
    expect(tip.hidden).toBe(false);
    expect(link.getAttribute('aria-describedby')).toBe(tip.id);
    expect(tip.textContent).toBe('B and CWhat b is to c.note to come');
    expect(session.pointing.value).toEqual({
      ids: ['concept:b.c'],
      by: 'note'
    });
    link.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })
    );
    expect(tip.hidden).toBe(true);
    expect(link.hasAttribute('aria-describedby')).toBe(false);
    link.blur();
    expect(session.pointing.value).toBeNull();
  });

  it('a word lights the lines its concept explains, and Enter opens it', async () => {
    const { panel, asked } = setUp({
      a: page('a', {
        body: 'Each query is a list.',
        anchors: [
          {
            node: 'g.py:f' as NodeId,
            label: 'f',
            file_path: 'g.py',
            line: 1,
            end_line: 1,
            cell: null,
            code: 'f()'
          }
        ]
      }),
      'b.c': page('b.c')
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    const word = panel.node.querySelector<HTMLElement>(
      '.jp-NanochatLearn-term'
    )!;
    expect(word.textContent).toBe('query');
    word.focus();
    const lines = panel.node.querySelector('.jp-NanochatLearn-code li')!;
    expect(lines.classList.contains('jp-mod-lit')).toBe(true);
    expect(word.classList.contains('jp-mod-lit')).toBe(false);
    expect(panel.node.querySelector('dl')?.textContent).toBe(
      'queryWhat a token asks.'
    );
    word.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })
    );
    await settle();
    expect(asked).toEqual(['a', 'b.c']);
  });

  it('stops pointing when the page leaves', async () => {
    const { panel, session } = setUp({
      a: page('a', { body: 'A query.' }),
      b: page('b')
    });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    panel.node.querySelector<HTMLElement>('.jp-NanochatLearn-term')!.focus();
    expect(session.pointing.value?.by).toBe('note');
    panel.open('b' as ConceptId);
    expect(session.pointing.value).toBeNull();
  });

  it('tells a failure with its next step, and tries again', async () => {
    const pages: Record<string, ConceptPage | ApiError> = {
      a: new ApiError('No workspace.', 'Prepare one.', 'no_workspace', 409)
    };
    const { panel, did } = setUp(pages);
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    expect(panel.node.querySelector('[role=alert]')?.textContent).toContain(
      'No workspace.Prepare one.'
    );
    buttonCalled(panel, 'Prepare a workspace here').click();
    expect(did).toEqual(['prepare']);
    pages.a = page('a');
    buttonCalled(panel, 'Try again').click();
    await settle();
    expect(heading(panel)).toBe('Title of a');
  });

  it('reads the page again when the index changed, not when it did not', async () => {
    const { panel, session, asked } = setUp({ a: page('a') });
    show(panel);
    panel.open('a' as ConceptId);
    await settle();
    session.graph.set(graph('1'));
    await settle();
    expect(asked).toEqual(['a']);
    session.graph.set(graph('2'));
    await settle();
    expect(asked).toEqual(['a', 'a']);
    expect(heading(panel)).toBe('Title of a');
  });
});
