import { Sanitizer } from '@jupyterlab/apputils';
import { describe, expect, it } from 'vitest';

import { addressOf, nodeAt } from '../../markdown/links';
import { AnswerSanitizer } from './sanitizer';

const ours = (address: string): boolean => nodeAt(address) !== null;
/** On top of JupyterLab's, as in the panel, and alone, as if that one failed. */
const both = {
  'on top of JupyterLab’s': new AnswerSanitizer(new Sanitizer(), ours),
  alone: new AnswerSanitizer({ sanitize: html => html }, ours)
};

const PAYLOADS = [
  '<script>window.__owned = 1</script>',
  '<p onclick="window.__owned = 1">text</p>',
  '<img src="https://example.org/x.png" onerror="window.__owned = 1">',
  '<a href="javascript:window.__owned=1">x</a>',
  '<a href=" java\nscript:window.__owned=1">x</a>',
  '<a href="data:text/html,<script>window.__owned=1</script>">x</a>',
  '<a href="vbscript:x">x</a>',
  '<a href="//example.org/">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<svg onload="window.__owned=1"><script>window.__owned=1</script></svg>',
  '<svg><a xlink:href="javascript:window.__owned=1"><text>x</text></a></svg>',
  '<math><mtext><mglyph><style><img src=x onerror="window.__owned=1">',
  '<math href="javascript:window.__owned=1">x</math>',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror="window.__owned=1">',
  '<iframe src="https://example.org/"></iframe>',
  '<iframe srcdoc="<script>parent.__owned=1</script>"></iframe>',
  '<object data="data:text/html,x"></object><embed src="x">',
  '<style>@import url(https://example.org/x.css)</style>',
  '<link rel="stylesheet" href="https://example.org/x.css">',
  '<p style="background:url(https://example.org/x.png)">x</p>',
  '<base href="https://example.org/">',
  '<meta http-equiv="refresh" content="0;url=https://example.org/">',
  '<form action="https://example.org/"><input name="q"><button>Go</button></form>',
  '<button data-commandlinker-command="filebrowser:delete">x</button>',
  '<a data-commandlinker-command="nanochat-learn:start" href="#x">x</a>',
  '<video poster="https://example.org/x.png"><source src="https://example.org/x"></video>',
  '<audio src="https://example.org/x.mp3" autoplay></audio>',
  '<details open ontoggle="window.__owned=1">x</details>',
  '<noscript><p title="</noscript><img src=x onerror=window.__owned=1>">',
  '<template><img src=x onerror="window.__owned=1"></template>',
  '<p id="IPython" name="location" class="jp-Dialog lm-Widget">x</p>',
  '<table background="https://example.org/x.png"><tr><td>x</td></tr></table>',
  '<!-- --><!--><img src=x onerror="window.__owned=1">-->',
  '<textarea></textarea><select autofocus onfocus="window.__owned=1"></select>'
];

describe.each(Object.entries(both))('the sanitizer, %s', (_, sanitizer) => {
  it.each(PAYLOADS)('makes inert: %s', payload => {
    const host = document.createElement('div');
    host.innerHTML = sanitizer.sanitize(payload);
    // what is parsed again is what was meant
    expect(sanitizer.sanitize(host.innerHTML)).toBe(host.innerHTML);
    for (const node of host.querySelectorAll('*')) {
      expect(node.namespaceURI).toBe('http://www.w3.org/1999/xhtml');
      expect(node.localName).toMatch(/^(?:p|div|table|tbody|tr|td)$/);
      for (const { name, value } of node.attributes) {
        expect(name).toMatch(/^(?:href|class|rel|target)$/);
        expect(value).not.toMatch(/script:|data:|example\.org|jp-|lm-/);
      }
    }
  });

  it('leaves alone what an answer needs', () => {
    const address = addressOf('concept:attention.rope' as never);
    const html =
      `<p>A <strong>word</strong> <code>x</code> <a href="${address}">RoPE</a>` +
      ' <a href="https://example.org/">page</a></p><ol start="3"><li>three</li></ol>' +
      '<pre><code class="language-python"><span class="ͼ1a">def</span></code></pre>' +
      '<table><tbody><tr><td align="right">1</td></tr></tbody></table>';
    const host = document.createElement('div');
    host.innerHTML = sanitizer.sanitize(html);
    expect(host.querySelector('a')?.getAttribute('href')).toBe(address);
    expect(host.querySelectorAll('a')[1]?.getAttribute('href')).toBe(
      'https://example.org/'
    );
    expect(host.querySelector('ol')?.getAttribute('start')).toBe('3');
    expect(host.querySelector('code.language-python span')).not.toBeNull();
    expect(host.querySelector('td')?.getAttribute('align')).toBe('right');
  });
});
