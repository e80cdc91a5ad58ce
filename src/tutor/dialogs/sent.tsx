/** The dialog that shows what was sent, or would be: every part, word by word, and its size. */
import { Clipboard } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { ApiError } from '../../api/failure';
import type {
  AskRequest,
  ConversationId,
  MessageId,
  SentPart,
  SentPrompt
} from '../../api/types.gen';
import type { IServices } from '../services';
import { showForm } from './form-dialog';
import { Do } from './parts';
import { hostOf } from './words';

/** What is to be shown: an answer that was given, or a question before it is asked. */
export type Which =
  | {
      readonly kind: 'answer';
      readonly conversation: ConversationId;
      readonly message: MessageId;
    }
  | { readonly kind: 'question'; readonly request: AskRequest };

export async function showSent(
  services: IServices,
  which: Which
): Promise<void> {
  const { trans } = services;
  await showForm({
    title:
      which.kind === 'answer'
        ? trans.__('What was sent')
        : trans.__('What would be sent now'),
    trans,
    body: () => <SentForm services={services} which={which} />
  });
}

type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'ready'; readonly sent: SentPrompt }
  | { readonly kind: 'failed'; readonly error: ApiError };

interface ISentFormProps {
  readonly services: IServices;
  readonly which: Which;
}

export function SentForm({ services, which }: ISentFormProps): JSX.Element {
  const { api, circumstances, session, trans } = services;
  const [asked, setAsked] = React.useState<Asked>({ kind: 'asking' });
  React.useEffect(() => {
    const document = session.document.value;
    const work =
      which.kind === 'answer'
        ? api.sent(document, which.conversation, which.message)
        : api.preview(document, which.request);
    work.then(
      sent => setAsked({ kind: 'ready', sent }),
      (thrown: unknown) =>
        setAsked({ kind: 'failed', error: ApiError.from(thrown) })
    );
  }, [api, session, which]);
  switch (asked.kind) {
    case 'asking':
      return <p role="status">{trans.__('Asking the Jupyter server…')}</p>;
    case 'failed':
      return (
        <p role="alert" className="jp-NanochatLearn-formFailed">
          <strong>{asked.error.sentence}</strong> {asked.error.hint}
        </p>
      );
    case 'ready': {
      const tutor = circumstances.tutor.value;
      const keyless = tutor.kind === 'ready' && tutor.value.key === 'none';
      return (
        <>
          {which.kind === 'question' && keyless && (
            <p>
              {trans.__(
                'Now nothing is sent: there is no language model. With a key, this would be.'
              )}
            </p>
          )}
          <Sizes
            sent={asked.sent}
            before={which.kind === 'question'}
            trans={trans}
          />
          <Parts sent={asked.sent} trans={trans} />
        </>
      );
    }
  }
}

function Sizes({
  sent,
  before,
  trans
}: {
  sent: SentPrompt;
  before: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { base_url, model, tokens, limit, cost, tools } = sent;
  const size = before
    ? trans.__('about %1 of at most %2', count(tokens), count(limit))
    : trans.__('%1 of at most %2', count(tokens), count(limit));
  const rows: [string, string][] = [
    [trans.__('To'), hostOf(base_url)],
    [trans.__('Model'), model],
    [trans.__('Tokens'), size],
    [
      trans.__('Cost'),
      cost === null
        ? trans.__('not known')
        : cost === 0
          ? trans.__('nothing')
          : trans.__('$%1', cost.toPrecision(2))
    ],
    [
      trans.__('It may look up'),
      tools.length === 0
        ? trans.__('nothing by itself')
        : tools.map(toolName).join(', ')
    ]
  ];
  return (
    <dl className="jp-NanochatLearn-sizes">
      {rows.map(([name, value]) => (
        <React.Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </React.Fragment>
      ))}
    </dl>
  );
}

function Parts({
  sent,
  trans
}: {
  sent: SentPrompt;
  trans: TranslationBundle;
}): JSX.Element {
  const copy = (): void =>
    Clipboard.copyToSystem(
      [
        ...sent.parts.map(({ role, text }) => `[${role}]\n${text}`),
        ...sent.tools.map(tool => `[tool]\n${tool}`)
      ].join('\n\n')
    );
  return (
    <>
      {sent.parts.map((part, n) => (
        <Part
          key={n}
          name={roleName(part.role, trans)}
          text={part.text}
          trans={trans}
        />
      ))}
      {sent.tools.length > 0 && (
        <Part
          name={trans.__('What it may look up, as it is told')}
          text={sent.tools.join('\n')}
          trans={trans}
        />
      )}
      <Do label={trans.__('Copy all of it')} click={copy} />
    </>
  );
}

function Part(props: {
  name: string;
  text: string;
  trans: TranslationBundle;
}): JSX.Element {
  const { name, text, trans } = props;
  return (
    <details open={true} className="jp-NanochatLearn-sentPart">
      <summary>
        {name}{' '}
        <small>{trans._n('%1 character', '%1 characters', text.length)}</small>
      </summary>
      <pre tabIndex={0} aria-label={name}>
        {text}
      </pre>
    </details>
  );
}

/** A tool is sent as its whole definition; its name is in it. */
function toolName(definition: string): string {
  return /"name":\s*"([^"]+)"/.exec(definition)?.[1] ?? definition;
}

function roleName(role: SentPart['role'], trans: TranslationBundle): string {
  switch (role) {
    case 'system':
      return trans.__('Rules for the model');
    case 'user':
      return trans.__('Your question and what was found');
    case 'assistant':
      return trans.__('What the model said before');
    case 'tool':
      return trans.__('What it looked up');
    default:
      return role satisfies never;
  }
}

function count(tokens: number): string {
  return tokens.toLocaleString();
}
