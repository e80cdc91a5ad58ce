/** The dialog that turns a folder into a workspace: asks, explains, decides nothing. */
import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

/** The learner's answer; `folder` is a path inside Jupyter's root. */
export interface IAnswer {
  readonly folder: string;
  readonly lessons: boolean;
}

class Question extends Widget implements Dialog.IBodyWidget<IAnswer> {
  constructor(given: IAnswer, trans: TranslationBundle) {
    super();
    this.addClass('jp-NanochatLearn-prepare');
    this._folder = document.createElement('input');
    this._folder.type = 'text';
    this._folder.className = 'jp-mod-styled';
    this._folder.value = given.folder;
    this._folder.placeholder = trans.__('(the folder Jupyter was started in)');
    this._lessons = document.createElement('input');
    this._lessons.type = 'checkbox';
    this._lessons.checked = given.lessons;
    this.node.append(
      paragraph(
        trans.__(
          'A workspace is the folder you learn in. Everything stays in files you can see.'
        )
      ),
      label(trans.__('Folder'), this._folder),
      label(trans.__('Copy the lessons and the model into it'), this._lessons),
      paragraph(
        trans.__(
          'A small file nanochat-learn.toml marks the folder. With the box ticked, the folders lessons and nanochat are copied too; files that are already there are never overwritten. Without it, the Python code that lies in the folder becomes the map.'
        )
      )
    );
  }

  getValue(): IAnswer {
    return {
      folder: this._folder.value.trim().replace(/^\/+|\/+$/g, ''),
      lessons: this._lessons.checked
    };
  }

  private readonly _folder: HTMLInputElement;
  private readonly _lessons: HTMLInputElement;
}

function paragraph(text: string): HTMLElement {
  const node = document.createElement('p');
  node.textContent = text;
  return node;
}

function label(text: string, input: HTMLInputElement): HTMLElement {
  const node = document.createElement('label');
  const words = document.createElement('span');
  words.textContent = text;
  node.append(...(input.type === 'checkbox' ? [input, words] : [words, input]));
  return node;
}

/** The answer, or null when the learner thought better of it. */
export async function askWhere(
  given: IAnswer,
  trans: TranslationBundle
): Promise<IAnswer | null> {
  const result = await showDialog({
    title: trans.__('Prepare a Workspace'),
    body: new Question(given, trans),
    focusNodeSelector: 'input',
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Prepare') })
    ]
  });
  return result.button.accept ? result.value : null;
}
