/** A picture with the kernel's own numbers: the same module as in the concept panel. */
import * as React from 'react';

import type { PictureOutput } from '../api/types.gen';
import { shownBy } from '../state/graph';
import { valuesOf } from './output-body';
import type { IFormProps } from './services';

export function LessonPicture(
  props: IFormProps & { output: PictureOutput }
): JSX.Element {
  const { output, pictures, session, trans } = props;
  const host = React.useRef<HTMLDivElement>(null);
  const values = React.useMemo(() => {
    try {
      return valuesOf(output);
    } catch (thrown) {
      console.warn(`Picture ${output.picture}:`, thrown);
      return null;
    }
  }, [output]);
  React.useEffect(() => {
    if (values === null) {
      return;
    }
    const leaving = new AbortController();
    host.current?.replaceChildren(
      pictures(leaving.signal).frame(
        Object.assign(shownBy(session, output.picture), {
          title: output.title,
          alt: '',
          values
        })
      )
    );
    return () => leaving.abort();
  }, [output, values]);
  return values === null ? (
    <p role="alert">
      {trans.__('The numbers of this picture are damaged. Run its cell again.')}
    </p>
  ) : (
    <div ref={host} className="jp-NanochatLearn-pictures" />
  );
}
