/** Numbers of a tensor as React sees them: at once when they are here, else as soon as they come. */
import * as React from 'react';

import { ApiError } from '../api/failure';
import type { OpenTrace } from './open-trace';
import type { ITensor } from './tensor';

export interface IFound {
  /** undefined while they are on their way, or when they did not come. */
  readonly tensor: ITensor | undefined;
  /** Why they did not come. */
  readonly error: string;
}

/** `name` '' asks for nothing. */
export function useNumbers(
  trace: OpenTrace | null,
  step: number,
  name: string
): IFound {
  const [, again] = React.useReducer((n: number) => n + 1, 0);
  const [failure, setFailure] = React.useState<{ key: string; error: string }>({
    key: '',
    error: ''
  });
  const key = `${trace?.name}/${step}/${name}`;
  const wanted = trace !== null && name !== '';
  const tensor = wanted ? trace.peek(step, name) : undefined;
  React.useEffect(() => {
    if (!wanted || tensor !== undefined) {
      return;
    }
    let left = false;
    trace.numbers(step, name).then(
      () => left || again(),
      (thrown: unknown) => {
        if (!left) {
          const { sentence, hint } = ApiError.from(thrown);
          setFailure({ key, error: `${sentence} ${hint}`.trim() });
        }
      }
    );
    return () => {
      left = true;
    };
  }, [key, tensor === undefined]);
  return { tensor, error: failure.key === key ? failure.error : '' };
}
