/**
 * An output of a lesson in a notebook: a question, a verdict, a hint, a picture. Everything
 * in it is text, never HTML. The forms themselves are loaded with the first output.
 */
import type { IRenderMime } from '@jupyterlab/rendermime';
import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { LESSON_MIME, type LessonOutput } from '../api/types.gen';
import { keepKeys } from '../parts/keep-keys';
import { lessonOutputOf } from './output-body';
import type { IFormProps } from './services';

type Form = (props: IFormProps & { output: LessonOutput }) => JSX.Element;

export class LessonOutputView
  extends ReactWidget
  implements IRenderMime.IRenderer
{
  constructor(private readonly _props: IFormProps) {
    super();
    this.addClass('jp-NanochatLearn-lesson');
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this._output = lessonOutputOf(model.data[LESSON_MIME]);
    this.update();
    if (this._output !== null) {
      this._form ??= (await import('./form')).LessonForm;
      this.update();
    }
  }

  protected override render(): JSX.Element | null {
    const { trans } = this._props;
    if (this._output === null) {
      return (
        <p role="alert">
          {trans.__(
            'This output belongs to a lesson that this version cannot read. Run its cell again.'
          )}
        </p>
      );
    }
    return this._form === null ? null : (
      <div onKeyDown={keepKeys}>
        <this._form {...this._props} output={this._output} />
      </div>
    );
  }

  private _output: LessonOutput | null = null;
  private _form: Form | null = null;
}
