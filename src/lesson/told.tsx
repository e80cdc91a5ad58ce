/** A hint or the solution, as the kernel tells it. */
import * as React from 'react';

import type { HintOutput, SolutionOutput } from '../api/types.gen';
import { withCode } from '../parts/with-code';
import { CodeBlock } from './code-block';
import type { IFormProps } from './services';

export function Hint(props: IFormProps & { output: HintOutput }): JSX.Element {
  const { output, trans } = props;
  return (
    <section aria-label={trans.__('Hint')}>
      <p>
        <strong>{trans.__('Hint %1 of %2', output.number, output.of)}</strong>{' '}
        {withCode(output.text)}
      </p>
    </section>
  );
}

export function Solution(
  props: IFormProps & { output: SolutionOutput }
): JSX.Element {
  const { output, trans } = props;
  return (
    <section aria-label={trans.__('Solution')}>
      <p>{withCode(output.message)}</p>
      {output.code !== null && <CodeBlock {...props} code={output.code} />}
    </section>
  );
}
