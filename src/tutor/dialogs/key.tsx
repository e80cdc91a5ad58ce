/**
 * The dialog for the key: what it is for, where the present one comes from, sign in, paste,
 * delete. A pasted key lives in the field until the button is pressed, then in one request;
 * it is no part of any state, attribute or storage of the page.
 */
import * as React from 'react';

import type { TutorState } from '../../api/types.gen';
import { useField } from '../../parts/use-field';
import { CommandIds } from '../../tokens';
import type { IServices } from '../services';
import { type IForm, showForm } from './form-dialog';
import { Do, Failed, useDoing } from './parts';
import { SignIn } from './sign-in';
import { hostOf, keySentence } from './words';

/** Where OpenRouter gives keys. */
const KEYS = 'openrouter.ai/settings/keys';

export async function showKey(services: IServices): Promise<void> {
  const { circumstances, trans } = services;
  if (circumstances.tutor.value.kind !== 'ready') {
    await circumstances.refresh();
  }
  await showForm({
    title: trans.__('Key for a language model'),
    trans,
    body: form => <KeyForm services={services} form={form} />
  });
}

interface IKeyFormProps {
  readonly services: IServices;
  readonly form: IForm;
}

export function KeyForm({ services, form }: IKeyFormProps): JSX.Element {
  const { circumstances, commands, trans } = services;
  const tutor = useField(circumstances.tutor);
  if (tutor.kind !== 'ready') {
    return (
      <p role="status">
        {tutor.kind === 'failed'
          ? `${tutor.sentence} ${tutor.hint}`
          : trans.__('Asking the Jupyter server…')}
      </p>
    );
  }
  const state = tutor.value;
  const fixed = state.key === 'environment' || state.key === 'config';
  return (
    <>
      <p>
        {trans.__(
          'With a key, a language model turns the passages that were found into an explanation. Your questions and those passages are then sent to %1.',
          hostOf(state.base_url)
        )}
      </p>
      <p role="status" className="jp-NanochatLearn-formState">
        {keySentence(state, trans)}
      </p>
      {!fixed && state.sign_in && state.key === 'none' && (
        <SignIn services={services} />
      )}
      {!fixed &&
        (state.key === 'unneeded' ? (
          <details>
            <summary>{trans.__('It wants a key after all')}</summary>
            <Paste services={services} state={state} />
          </details>
        ) : (
          <Paste services={services} state={state} />
        ))}
      <p>
        <button
          type="button"
          className="jp-NanochatLearn-link"
          onClick={() => {
            form.close();
            void commands.execute(CommandIds.tutorModel);
          }}
        >
          {trans.__(
            'Another provider, a model on this machine, another model…'
          )}
        </button>
      </p>
    </>
  );
}

function Paste({
  services,
  state
}: {
  services: IServices;
  state: TutorState;
}): JSX.Element {
  const { api, circumstances, session, trans } = services;
  const doing = useDoing();
  const field = React.useRef<HTMLInputElement>(null);
  const [empty, setEmpty] = React.useState(true);
  const change = (ask: (document: string) => Promise<TutorState>): void =>
    doing.run(async () => {
      const value = await ask(session.document.value);
      circumstances.tutor.set({ kind: 'ready', value });
    });
  const keep = (): void => {
    const key = field.current?.value.trim() ?? '';
    if (field.current === null || key === '') {
      return;
    }
    field.current.value = '';
    setEmpty(true);
    change(document => api.saveKey(document, key));
  };
  const kept = state.key === 'file';
  return (
    <section>
      <h3>{kept ? trans.__('Another key') : trans.__('Paste a key')}</h3>
      <div className="jp-NanochatLearn-formRow">
        <input
          ref={field}
          type="password"
          className="jp-mod-styled"
          aria-label={trans.__('Key for %1', hostOf(state.base_url))}
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          onChange={event => setEmpty(event.target.value.trim() === '')}
          onKeyDown={event => {
            if (event.key === 'Enter') {
              keep();
            }
          }}
        />
        <Do
          label={trans.__('Keep this key')}
          first={true}
          disabled={empty || doing.busy}
          click={keep}
        />
      </div>
      <p className="jp-NanochatLearn-quiet">
        {state.sign_in ? (
          <>
            {trans.__('You get a key at')}{' '}
            <a
              href={`https://${KEYS}`}
              target="_blank"
              rel="noopener noreferrer"
            >
              {KEYS}
            </a>
            .{' '}
          </>
        ) : (
          trans.__(
            'You get a key from the provider of %1.',
            hostOf(state.base_url)
          ) + ' '
        )}
        {trans.__(
          'It goes to your Jupyter server once and never comes back to this page.'
        )}
      </p>
      {kept && (
        <Do
          label={trans.__('Delete the key')}
          disabled={doing.busy}
          click={() => change(document => api.deleteKey(document))}
        />
      )}
      <Failed error={doing.failed} />
    </section>
  );
}
