/**
 * OpenRouter's sign-in: a new tab, and the wait for what comes of it. The key goes from
 * there to the Jupyter server; this page only asks now and then whether it has one.
 */
import * as React from 'react';

import type { IServices } from '../services';
import { Do, Failed, useDoing } from './parts';

/** Milliseconds between two looks. */
const EVERY = 2_000;
/** The server forgets a sign-in after ten minutes. */
const AT_MOST = 600_000;

export function SignIn({ services }: { services: IServices }): JSX.Element {
  const { api, circumstances, session, trans } = services;
  const doing = useDoing();
  /** The page that was opened; null: none yet. */
  const [opened, setOpened] = React.useState<string | null>(null);
  React.useEffect(() => {
    if (opened === null) {
      return;
    }
    const look = (): void =>
      void api.tutorState(session.document.value).then(
        value => circumstances.tutor.set({ kind: 'ready', value }),
        () => undefined // The next look asks again.
      );
    const timer = setInterval(look, EVERY);
    const end = setTimeout(() => setOpened(null), AT_MOST);
    window.addEventListener('focus', look);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
      window.removeEventListener('focus', look);
    };
  }, [opened, api, circumstances, session]);
  const begin = (): void =>
    doing.run(async () => {
      const { url } = await api.signIn();
      window.open(url, '_blank', 'noopener,noreferrer');
      setOpened(url);
    });
  return (
    <section>
      <h3>{trans.__('Sign in with OpenRouter')}</h3>
      <p>
        {trans.__(
          'OpenRouter passes questions on to many models; some cost nothing. A new tab opens, you agree there, and the key comes straight to your Jupyter server.'
        )}
      </p>
      <Do
        label={trans.__('Sign in…')}
        first={true}
        disabled={doing.busy}
        click={begin}
      />
      <p role="status">
        {opened !== null && (
          <>
            {trans.__('Waiting for you to agree in the other tab.')}{' '}
            <a href={opened} target="_blank" rel="noopener noreferrer">
              {trans.__('No tab opened? Open it here.')}
            </a>
          </>
        )}
      </p>
      <Failed error={doing.failed} />
    </section>
  );
}
