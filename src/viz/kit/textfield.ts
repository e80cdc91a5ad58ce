/** A line to type in, with a few texts beside it that are worth trying. */
import { broken } from './bpe';
import { button, element } from './dom';
import type { IModel } from './host';
import { words } from './strings';

const STRINGS = {
  half: 'The end of this text is half a character. What was there before is still drawn.'
} as const;

export interface ITextField {
  readonly node: HTMLElement;
  /** Another text; what somebody is typing is left alone where it is the same. */
  show(text: string): void;
}

/**
 * `typed` answers what is wrong with a text, if anything: that stands below the line, and the
 * picture stays as it was. Half a character never gets as far.
 */
export function textField(
  model: IModel,
  label: string,
  samples: readonly string[],
  typed: (text: string) => string | void,
  { most = 80, lines = 1 }: { most?: number; lines?: number } = {}
): ITextField {
  const ways = {
    maxlength: String(most),
    spellcheck: 'false',
    autocomplete: 'off'
  };
  const input =
    lines > 1
      ? element('textarea', { ...ways, rows: String(lines) })
      : element('input', { ...ways, type: 'text' });
  const wrong = element('p', { class: 'nl-wrong', role: 'alert' });
  const take = (text: string): void => {
    wrong.textContent = broken(text)
      ? words(STRINGS, model)('half')
      : (typed(text) ?? '');
  };
  input.addEventListener('input', () => take(input.value));
  const tries = samples.map(text => {
    const node = button(text.replaceAll('\n', '⏎'), () => {
      input.value = text;
      take(text);
    });
    node.classList.add('nl-sample');
    return node;
  });
  return {
    node: element(
      'div',
      { class: 'nl-typed' },
      element('label', {}, element('span', {}, label), input),
      ...tries,
      wrong
    ),
    show(text) {
      if (input.value !== text) {
        input.value = text;
      }
    }
  };
}

export const TEXT_FIELD = `
.nl-typed{display:flex;flex-wrap:wrap;gap:4px 6px;align-items:end;margin:8px 0}
.nl-typed label{flex:1 1 100%;display:grid;gap:2px}
.nl-typed :is(input,textarea){font:inherit;font-size:15px;color:inherit;background:var(--nl-back);border:1px solid var(--nl-soft);border-radius:3px;padding:3px 6px;width:100%;max-width:620px;min-width:0;resize:vertical}
.nl-root .nl-wrong{flex:1 1 100%;margin:0}
.nl-root .nl-sample{font-size:12px;padding:1px 7px;border-color:var(--nl-line);border-radius:10px;max-width:100%;overflow-wrap:anywhere;white-space:pre-wrap;text-align:left}
`;
