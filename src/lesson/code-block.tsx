/** Code to read and to copy. */
import * as React from 'react';

import type { IFormProps } from './services';

export function CodeBlock(
  props: IFormProps & { readonly code: string }
): JSX.Element {
  const { code, copy, trans } = props;
  const [copied, setCopied] = React.useState(false);
  return (
    <div className="jp-NanochatLearn-codeBlock">
      <pre tabIndex={0} aria-label={trans.__('Solution')}>
        <code>{code}</code>
      </pre>
      <button
        type="button"
        className="jp-NanochatLearn-do"
        onClick={() => {
          copy(code);
          setCopied(true);
        }}
      >
        {trans.__('Copy')}
      </button>{' '}
      <span role="status" className="jp-NanochatLearn-quiet">
        {copied && trans.__('Copied.')}
      </span>
    </div>
  );
}
