/** The switches above the box and the settings are one. */
import type { ISettingRegistry } from '@jupyterlab/settingregistry';

import type { Field } from '../state/field';
import { type Consent, type Kind, KINDS } from './box/kinds';

const SETTING: Readonly<Record<Kind, string>> = {
  document: 'sendDocument',
  selection: 'sendSelection',
  cell: 'sendCell',
  error: 'sendError',
  trace: 'sendTrace',
  progress: 'sendProgress'
};

/** Before the settings are read: nothing of the learner's own work. */
export const CAREFUL: Consent = {
  document: true,
  selection: true,
  cell: false,
  error: false,
  trace: false,
  progress: false
};

export function rememberConsent(
  consent: Field<Consent>,
  settings: ISettingRegistry.ISettings
): void {
  const read = (): void => {
    const { composite } = settings;
    const found = Object.fromEntries(
      KINDS.map(kind => [kind, composite[SETTING[kind]] === true])
    ) as Record<Kind, boolean>;
    if (KINDS.some(kind => found[kind] !== consent.value[kind])) {
      consent.set(found);
    }
  };
  settings.changed.connect(read);
  read();
  consent.changed.connect((_, wanted) => {
    for (const kind of KINDS) {
      if (settings.composite[SETTING[kind]] !== wanted[kind]) {
        void settings.set(SETTING[kind], wanted[kind]);
      }
    }
  });
}
