/** The commands that open the tutor's dialogs. Each dialog is loaded when it is first wanted. */
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type {
  AskRequest,
  ConversationId,
  MessageId
} from '../../api/types.gen';
import { CommandIds } from '../../tokens';
import type { IServices } from '../services';
import type { Which } from './sent';

export function addDialogCommands(services: IServices): void {
  const { commands, trans } = services;
  const nothing = { args: { type: 'object', properties: {} } } as const;

  commands.addCommand(CommandIds.tutorKey, {
    label: trans.__('Key for a Language Model…'),
    caption: trans.__('Enter or delete the key, or sign in'),
    describedBy: nothing,
    execute: async () => {
      const { showKey } = await import('./key');
      await showKey(services);
    }
  });
  commands.addCommand(CommandIds.tutorModel, {
    label: trans.__('Choose a Language Model…'),
    caption: trans.__('Whom the tutor asks, and who comes next'),
    describedBy: nothing,
    execute: async () => {
      const { showModels } = await import('./models');
      await showModels(services);
    }
  });
  commands.addCommand(CommandIds.tutorSent, {
    label: trans.__('What Was Sent'),
    caption: trans.__('What goes to the language model, word by word'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          conversation: { type: 'string' },
          message: { type: 'string', description: 'Id of an answer' },
          request: {
            type: 'object',
            description: 'A question that is not asked yet'
          }
        }
      }
    },
    execute: async args => {
      const { showSent } = await import('./sent');
      await showSent(services, whichOf(args));
    }
  });
}

function whichOf(args: ReadonlyPartialJSONObject): Which {
  const { conversation, message, request } = args;
  return typeof conversation === 'string' && typeof message === 'string'
    ? {
        kind: 'answer',
        conversation: conversation as ConversationId,
        message: message as MessageId
      }
    : { kind: 'question', request: request as unknown as AskRequest };
}
