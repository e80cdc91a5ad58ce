/** Who is asked, in order: each next one where those before it are busy or fail. */
import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { type Order, sooner, without } from './order';

interface IOrderListProps {
  readonly order: Order;
  readonly labelOf: (id: string) => string;
  readonly change: (change: (order: Order) => Order) => void;
  readonly trans: TranslationBundle;
}

export function OrderList(props: IOrderListProps): JSX.Element {
  const { order, labelOf, change, trans } = props;
  return (
    <section>
      <h3>{trans.__('Asked in this order')}</h3>
      {order.length === 0 ? (
        <p className="jp-NanochatLearn-quiet">
          {trans.__('Nothing is chosen: the first model that fits is asked.')}
        </p>
      ) : (
        <ol className="jp-NanochatLearn-order">
          {order.map((id, n) => (
            <li key={id}>
              <span title={id}>{labelOf(id)}</span>
              {n > 0 && (
                <button
                  type="button"
                  className="jp-NanochatLearn-tool"
                  title={trans.__('Ask it sooner')}
                  aria-label={trans.__('Ask %1 sooner', labelOf(id))}
                  onClick={() => change(now => sooner(now, id))}
                >
                  ↑
                </button>
              )}
              <button
                type="button"
                className="jp-NanochatLearn-tool"
                title={trans.__('Do not ask it')}
                aria-label={trans.__('Do not ask %1', labelOf(id))}
                onClick={() => change(now => without(now, id))}
              >
                ×
              </button>
            </li>
          ))}
        </ol>
      )}
      {order.length > 1 && (
        <p className="jp-NanochatLearn-quiet">
          {trans.__(
            'Where one is busy or fails, the next one is asked; the answer says so.'
          )}
        </p>
      )}
    </section>
  );
}
