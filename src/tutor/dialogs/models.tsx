/** The dialog for whom the tutor asks: the provider's address, the order, the provider's models. */
import * as React from 'react';

import type { ModelList, TutorChoice, TutorState } from '../../api/types.gen';
import { useField } from '../../parts/use-field';
import { CommandIds } from '../../tokens';
import type { IServices } from '../services';
import { Address } from './address';
import { type IForm, showForm } from './form-dialog';
import { ModelPicker } from './model-picker';
import { type Order, orderOf, putFirst, putLast } from './order';
import { OrderList } from './order-list';
import { Do, Failed, useDoing } from './parts';
import { hostOf, keySentence } from './words';

export async function showModels(services: IServices): Promise<void> {
  const { circumstances, trans } = services;
  if (circumstances.tutor.value.kind !== 'ready') {
    await circumstances.refresh();
  }
  await showForm({
    title: trans.__('Language model'),
    trans,
    body: form => <ModelsForm services={services} form={form} />
  });
}

interface IModelsFormProps {
  readonly services: IServices;
  readonly form: IForm;
}

export function ModelsForm({ services, form }: IModelsFormProps): JSX.Element {
  const { api, circumstances, commands, session, trans } = services;
  const tutor = useField(circumstances.tutor);
  const [list, setList] = React.useState<ModelList | null>(null);
  const listing = useDoing();
  const choosing = useDoing();
  const base = tutor.kind === 'ready' ? tutor.value.base_url : null;
  const fetch = (): void =>
    listing.run(async () => {
      setList(null);
      setList(await api.models());
      // Where nothing was chosen, the server chooses from this list.
      const value = await api.tutorState(session.document.value);
      circumstances.tutor.set({ kind: 'ready', value });
    });
  // Another provider, another list.
  React.useEffect(() => {
    if (base !== null) {
      fetch();
    }
  }, [base]);
  if (tutor.kind !== 'ready') {
    return (
      <>
        <p role="status">
          {tutor.kind === 'failed'
            ? `${tutor.sentence} ${tutor.hint}`
            : trans.__('Asking the Jupyter server…')}
        </p>
        <Do
          label={trans.__('Try again')}
          click={() => void circumstances.refresh()}
        />
      </>
    );
  }
  const state = tutor.value;
  const order = orderOf(state);
  const choose = (base_url: string, change: (order: Order) => Order): void =>
    choosing.run(async () => {
      // What was chosen a moment ago counts, drawn or not.
      const now = circumstances.tutor.value;
      const [model = '', ...fallbacks] = change(
        now.kind === 'ready' ? orderOf(now.value) : []
      );
      const choice: TutorChoice = {
        base_url,
        model,
        // The order holds no more than the server takes.
        fallbacks: fallbacks as TutorChoice['fallbacks']
      };
      const value = await api.chooseTutor(session.document.value, choice);
      circumstances.tutor.set({ kind: 'ready', value });
    });
  const labelOf = (id: string): string =>
    list?.models.find(model => model.id === id)?.label ?? id;
  return (
    <>
      <Address
        base={state.base_url}
        busy={choosing.busy}
        choose={url => choose(url, () => [])}
        trans={trans}
      />
      <p className="jp-NanochatLearn-quiet">
        {keySentence(state, trans)}{' '}
        {state.key !== 'unneeded' && (
          <button
            type="button"
            className="jp-NanochatLearn-link"
            onClick={() => {
              form.close();
              void commands.execute(CommandIds.tutorKey);
            }}
          >
            {trans.__('Key…')}
          </button>
        )}
      </p>
      <Failed error={choosing.failed} />
      <OrderList
        order={order}
        labelOf={labelOf}
        change={change => choose(state.base_url, change)}
        trans={trans}
      />
      <Source
        list={list}
        state={state}
        failed={listing.failed !== null}
        again={fetch}
        services={services}
      />
      <Failed error={listing.failed} />
      {list !== null && (
        <ModelPicker
          models={list.models}
          order={order}
          first={id => choose(state.base_url, now => putFirst(now, id))}
          next={id => choose(state.base_url, now => putLast(now, id))}
          trans={trans}
        />
      )}
    </>
  );
}

/** Where the list of models comes from, and how old it may be. */
function Source({
  list,
  state,
  failed,
  again,
  services: { trans }
}: {
  list: ModelList | null;
  state: TutorState;
  failed: boolean;
  again: () => void;
  services: IServices;
}): JSX.Element {
  const host = hostOf(state.base_url);
  const free = list?.models.filter(model => model.free).length ?? 0;
  return (
    <>
      <h3>{trans.__('Models at %1', host)}</h3>
      <p role="status" className="jp-NanochatLearn-quiet">
        {list === null
          ? failed
            ? ''
            : trans.__('Fetching the list…')
          : list.source === 'live'
            ? trans.__(
                'Fetched now: %1 models, %2 of them free.',
                list.models.length,
                free
              )
            : list.source === 'kept'
              ? trans.__('This is the list of the last time.')
              : list.models.length > 0
                ? trans.__(
                    'This is a short list that we brought along. It may be out of date.'
                  )
                : trans.__('No list is known.')}{' '}
        {list?.failure != null &&
          `${list.failure.sentence} ${list.failure.hint} `}
        {(failed || (list !== null && list.source !== 'live')) && (
          <button
            type="button"
            className="jp-NanochatLearn-link"
            onClick={again}
          >
            {trans.__('Fetch it again')}
          </button>
        )}
      </p>
    </>
  );
}
