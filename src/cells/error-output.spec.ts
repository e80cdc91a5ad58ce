import {
  OutputModel,
  RenderMimeRegistry,
  standardRendererFactories
} from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';
import { describe, expect, it } from 'vitest';

import { errorFactory } from './error-output';

const TRACEBACK = [
  '\u001b[31mValueError\u001b[39m',
  'Traceback (most recent call last)',
  '<b onclick="x()">ValueError</b>: no'
];

/** An output as a notebook shows it, by the renderer that the registry prefers. */
async function shown(output: object) {
  const asked: [string, HTMLElement][] = [];
  const registry = new RenderMimeRegistry({
    initialFactories: standardRendererFactories
  });
  registry.addFactory(errorFactory((...all) => asked.push(all), 'Ask'));
  const model = new OutputModel({ value: output as never, trusted: false });
  const mimeType = registry.preferredMimeType(model.data, 'any') ?? '';
  const drawn = registry.createRenderer(mimeType);
  Widget.attach(drawn, document.body);
  await drawn.renderModel(model);
  return { asked, node: drawn.node, mimeType };
}

describe('an error output', () => {
  it('is drawn as ever, with a button that asks about it', async () => {
    const { asked, node } = await shown({
      output_type: 'error',
      ename: 'ValueError',
      evalue: 'no',
      traceback: TRACEBACK
    });
    expect(
      node.querySelector(
        '[data-mime-type="application/vnd.jupyter.stderr"] pre'
      )?.textContent
    ).toContain('most recent call last');
    expect(node.querySelector('b'), 'nothing in it is markup').toBeNull();
    node.querySelector('button')?.click();
    const [error, from] = asked[0];
    expect(error.split('\n')[0]).toBe('ValueError');
    expect(error).not.toContain('\u001b');
    expect(from).toBe(node);
  });

  it('says name and reason where there is no traceback', async () => {
    const { asked, node } = await shown({
      output_type: 'error',
      ename: 'KeyboardInterrupt',
      evalue: 'stopped',
      traceback: []
    });
    node.querySelector('button')?.click();
    expect(asked[0][0]).toBe('KeyboardInterrupt: stopped');
  });

  it('is the only output that is changed', async () => {
    const { node } = await shown({
      output_type: 'stream',
      name: 'stderr',
      text: 'a warning'
    });
    expect(node.querySelector('button')).toBeNull();
    expect(node.textContent).toContain('a warning');
  });
});
