/** The provider's address: OpenRouter, a server on this machine, or any other. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { Do } from './parts';

const OPENROUTER = 'https://openrouter.ai/api/v1';

interface IAddressProps {
  /** In force now. */
  readonly base: string;
  readonly busy: boolean;
  readonly choose: (url: string) => void;
  readonly trans: TranslationBundle;
}

export function Address(props: IAddressProps): JSX.Element {
  const { base, busy, choose, trans } = props;
  const [text, setText] = React.useState(base);
  // The server spells it its own way.
  React.useEffect(() => setText(base), [base]);
  const changed = text.trim() !== '' && text.trim() !== base;
  const take = (): void => {
    if (changed && !busy) {
      choose(text.trim());
    }
  };
  const id = React.useId();
  return (
    <section>
      <h3>
        <label htmlFor={id}>{trans.__('Address of the provider')}</label>
      </h3>
      <div className="jp-NanochatLearn-formRow">
        <input
          id={id}
          type="text"
          className="jp-mod-styled"
          value={text}
          maxLength={500}
          spellCheck={false}
          onChange={event => setText(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              take();
            }
          }}
        />
        {changed && (
          <Do
            label={trans.__('Use this address')}
            first={true}
            disabled={busy}
            click={take}
          />
        )}
        {base !== OPENROUTER && text !== OPENROUTER && (
          <Do
            label={trans.__('Back to OpenRouter')}
            disabled={busy}
            click={() => choose(OPENROUTER)}
          />
        )}
      </div>
      <p className="jp-NanochatLearn-quiet">
        {trans.__(
          'Any server that speaks OpenAI’s protocol will do. For a model on this machine, for example, http://127.0.0.1:11434/v1 (Ollama) or http://127.0.0.1:8080/v1 (llama.cpp): then nothing leaves it.'
        )}
      </p>
    </section>
  );
}
