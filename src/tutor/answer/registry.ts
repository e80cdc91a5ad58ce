/**
 * The renderers that the message list is given: JupyterLab's own, with a stricter sanitizer
 * and without its link handler, and a body for each message of the conversation.
 */
import type { IRenderMime, IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import { nodeAt } from '../../markdown/links';
import { AnswerBody, type IBodyContext, questionBody } from './body';
import { AnswerSanitizer } from './sanitizer';

/** The type of a body that holds the key of an entry, and nothing else. */
export const ENTRY = 'application/vnd.nanochat-learn.entry';

/** JupyterLab's renderers for what a language model wrote. */
export function strict(rendermime: IRenderMimeRegistry): IRenderMimeRegistry {
  return rendermime.clone({
    sanitizer: new AnswerSanitizer(
      rendermime.sanitizer,
      address => nodeAt(address) !== null
    ),
    linkHandler: NOBODY
  });
}

/** Renderers for the list; `context.rendermime` must be strict already. */
export class Bodies {
  constructor(
    private readonly _context: Omit<IBodyContext, 'rendermime'>,
    rendermime: IRenderMimeRegistry
  ) {
    const answers = strict(rendermime);
    this.rendermime = answers.clone();
    this.rendermime.addFactory(
      {
        safe: true,
        mimeTypes: [ENTRY],
        createRenderer: () => new Body(key => this._body(key, answers))
      },
      0
    );
    _context.talk.changed.connect(this._tidy, this);
  }

  readonly rendermime: IRenderMimeRegistry;

  dispose(): void {
    this._context.talk.changed.disconnect(this._tidy, this);
    this._bodies.forEach(body => body.dispose());
    this._bodies.clear();
  }

  private _body(key: string, rendermime: IRenderMimeRegistry): Widget {
    this._bodies.get(key)?.dispose();
    const { talk, trans } = this._context;
    const question = talk.question(key);
    const body =
      question === null
        ? new AnswerBody(key, { ...this._context, rendermime })
        : questionBody(question.text, trans.__('Your question'));
    this._bodies.set(key, body);
    return body;
  }

  /** The list lets go of what it drew without a word: bodies of gone entries end here. */
  private _tidy(): void {
    const keys = new Set(this._context.talk.entries.map(({ key }) => key));
    for (const [key, body] of this._bodies) {
      if (!keys.has(key)) {
        this._bodies.delete(key);
        body.dispose();
      }
    }
  }

  private readonly _bodies = new Map<string, Widget>();
}

/** What the list asks for and attaches by hand. */
class Body extends Widget implements IRenderMime.IRenderer {
  constructor(private readonly _make: (key: string) => Widget) {
    super();
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const body = this._make(String(model.data[ENTRY]));
    this.node.replaceChildren(body.node);
    if (body instanceof AnswerBody) {
      await body.ready;
    }
  }
}

const NOBODY: IRenderMime.ILinkHandler = {
  handleLink: () => undefined
};
