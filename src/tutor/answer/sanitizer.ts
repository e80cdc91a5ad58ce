/**
 * What of a language model's HTML may stand in the page: text, lists, tables, code and
 * links, nothing else. Stricter than JupyterLab's sanitizer, which lets pictures of other
 * hosts, styles and links that run commands pass; it is asked first, and this on top.
 */
import type { IRenderMime } from '@jupyterlab/rendermime';

const ALLOWED = new Set(
  (
    'a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p ' +
    'pre s span strong sub sup table tbody td tfoot th thead tr ul var'
  ).split(' ')
);
/** These vanish with what is in them; of every other tag the text stays. */
const SWALLOWED = new Set(
  (
    'audio base button canvas embed form iframe input link math meta noscript object ' +
    'script select style svg template textarea title video'
  ).split(' ')
);
/** `jp-` and `cm-` would borrow the looks of JupyterLab; a language is all that code needs. */
const CLASS =
  /^(?:language-[\w+#.-]{1,30}|tok-[\w-]{1,30}|cm-[\w-]{1,30}|ͼ\w{1,4})$/;
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  align: /^(?:left|right|center)$/,
  colspan: /^\d{1,2}$/,
  rowspan: /^\d{1,2}$/,
  start: /^\d{1,6}$/
};
const WEB = /^(?:https?:\/\/|mailto:)/i;

/** `isOurs` knows the fragments that our own links carry. */
export class AnswerSanitizer implements IRenderMime.ISanitizer {
  constructor(
    private readonly _first: IRenderMime.ISanitizer,
    private readonly _isOurs: (address: string) => boolean
  ) {}

  readonly allowNamedProperties = false;

  sanitize(dirty: string, options?: IRenderMime.ISanitizerOptions): string {
    // A document of its own: nothing in it loads or runs.
    const inert = new DOMParser().parseFromString(
      this._first.sanitize(dirty, options),
      'text/html'
    );
    this._clean(inert.body);
    return inert.body.innerHTML;
  }

  private _clean(parent: Element): void {
    for (const node of [...parent.childNodes]) {
      if (node instanceof Element || node.nodeType === Node.ELEMENT_NODE) {
        this._cleanElement(node as Element);
      } else if (node.nodeType !== Node.TEXT_NODE) {
        node.remove();
      }
    }
  }

  private _cleanElement(node: Element): void {
    const tag = node.localName;
    if (tag === 'img') {
      node.replaceWith(node.getAttribute('alt') ?? '');
      return;
    }
    if (SWALLOWED.has(tag) || node.namespaceURI !== HTML) {
      node.remove();
      return;
    }
    this._clean(node);
    if (!ALLOWED.has(tag)) {
      node.replaceWith(...node.childNodes);
      return;
    }
    for (const { name, value } of [...node.attributes]) {
      const kept = this._attribute(tag, name, value);
      if (kept === null) {
        node.removeAttribute(name);
      } else {
        node.setAttribute(name, kept);
      }
    }
    if (tag === 'a' && !node.hasAttribute('href')) {
      node.replaceWith(...node.childNodes); // Text that leads nowhere is no link.
    }
  }

  private _attribute(tag: string, name: string, value: string): string | null {
    if (name === 'class') {
      const kept = value.split(/\s+/).filter(word => CLASS.test(word));
      return kept.length > 0 ? kept.join(' ') : null;
    }
    if (tag === 'a' && name === 'href') {
      return this._isOurs(value) || WEB.test(value.trim()) ? value : null;
    }
    return ATTRIBUTES[name]?.test(value) === true ? value : null;
  }
}

const HTML = 'http://www.w3.org/1999/xhtml';
