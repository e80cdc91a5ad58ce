/** The provider's models as a list to search: free ones first, each with what it costs and can. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import type { ModelInfo } from '../../api/types.gen';
import { stepOf } from '../../parts/steps';
import { type Order, searched } from './order';
import { Do } from './parts';
import { factsOf } from './words';

interface IModelPickerProps {
  readonly models: readonly ModelInfo[];
  readonly order: Order;
  readonly first: (id: string) => void;
  readonly next: (id: string) => void;
  readonly trans: TranslationBundle;
}

/** A provider has hundreds; nobody reads them all, and each takes time to draw. */
const MOST = 100;

export function ModelPicker(props: IModelPickerProps): JSX.Element {
  const { models, order, first, next, trans } = props;
  const [text, setText] = React.useState('');
  const [current, setCurrent] = React.useState<string | null>(null);
  const list = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const found = React.useMemo(() => searched(models, text), [models, text]);
  const shown = found.slice(0, MOST);
  const at = shown.findIndex(model => model.id === current);
  const chosen = shown[at] ?? null;

  const walk = (event: React.KeyboardEvent): void => {
    if (event.target instanceof HTMLButtonElement) {
      return; // Its keys are its own.
    }
    if (event.key === 'Enter') {
      if (chosen !== null) {
        first(chosen.id);
      }
      return;
    }
    const inBox = event.target instanceof HTMLInputElement;
    const step = stepOf(event.key, at, shown.length);
    if (step === null || (inBox && ['Home', 'End'].includes(event.key))) {
      return;
    }
    event.preventDefault();
    const to = shown[step];
    if (to !== undefined) {
      setCurrent(to.id);
      list.current?.children[step]?.scrollIntoView({ block: 'nearest' });
    }
  };
  const optionId = (n: number): string => `${id}-${n}`;
  return (
    <div className="jp-NanochatLearn-picker" onKeyDown={walk}>
      <input
        type="search"
        className="jp-mod-styled"
        placeholder={trans.__('Search, for example “free” or “llama”')}
        aria-label={trans.__('Search the models')}
        role="combobox"
        aria-expanded={true}
        aria-controls={id}
        aria-activedescendant={at < 0 ? undefined : optionId(at)}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <div
        ref={list}
        id={id}
        role="listbox"
        tabIndex={0}
        aria-label={trans.__('Models')}
        aria-activedescendant={at < 0 ? undefined : optionId(at)}
        className="jp-NanochatLearn-models"
      >
        {shown.map((model, n) => (
          <div
            key={model.id}
            id={optionId(n)}
            role="option"
            aria-selected={n === at}
            title={model.id}
            onClick={() => setCurrent(model.id)}
            onDoubleClick={() => first(model.id)}
          >
            <span>
              {order.includes(model.id) && (
                <span aria-hidden="true">{order.indexOf(model.id) + 1}. </span>
              )}
              {model.label}
            </span>
            <small>{factsOf(model, trans)}</small>
          </div>
        ))}
      </div>
      <p role="status" className="jp-NanochatLearn-quiet">
        {found.length === 0
          ? trans.__('No model fits.')
          : found.length > MOST
            ? trans.__(
                '%1 models fit; the first %2 are shown. Type more words.',
                found.length,
                MOST
              )
            : ''}
      </p>
      <p className="jp-NanochatLearn-quiet">
        {trans.__(
          'A token is a piece of a word. Their number says how much a model can take in at once.'
        )}{' '}
        {models.some(model => (model.price_in ?? 0) > 0) &&
          trans.__(
            'Prices are for a million tokens, sent (in) and received (out).'
          )}
      </p>
      <div className="jp-NanochatLearn-formRow">
        <Do
          label={trans.__('Ask this one first')}
          first={true}
          disabled={chosen === null || order[0] === chosen.id}
          click={() => chosen !== null && first(chosen.id)}
        />
        <Do
          label={trans.__('Ask it next')}
          disabled={chosen === null || order.includes(chosen.id)}
          click={() => chosen !== null && next(chosen.id)}
        />
      </div>
    </div>
  );
}
