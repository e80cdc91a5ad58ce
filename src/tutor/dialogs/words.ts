/** The words of the dialogs: hosts, prices, where a key comes from. Pure. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ModelInfo, TutorState } from '../../api/types.gen';

/** `openrouter.ai`; the whole text where it is no address. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}

/** Where the key comes from, and who could change it. */
export function keySentence(
  { key, base_url }: TutorState,
  trans: TranslationBundle
): string {
  switch (key) {
    case 'none':
      return trans.__('There is no key for %1 yet.', hostOf(base_url));
    case 'file':
      return trans.__(
        'A key for %1 is kept by this Jupyter server, in one file that only you can read.',
        hostOf(base_url)
      );
    case 'environment':
      return trans.__(
        'The key for %1 was given to Jupyter when it was started, as an environment variable. It is changed there.',
        hostOf(base_url)
      );
    case 'config':
      return trans.__(
        'The key for %1 stands in the configuration of this Jupyter server. It is changed there.',
        hostOf(base_url)
      );
    case 'unneeded':
      return trans.__('%1 needs no key.', hostOf(base_url));
    default:
      return key satisfies never;
  }
}

/** `free · 131k tokens · looks things up`, for a line below the model's name. */
export function factsOf(
  { free, context, tools, price_in, price_out }: ModelInfo,
  trans: TranslationBundle
): string {
  const price = free
    ? trans.__('free')
    : price_in === null || price_out === null
      ? trans.__('price not known')
      : trans.__('%1 in, %2 out', dollars(price_in), dollars(price_out));
  return [
    price,
    trans.__('%1 tokens', thousands(context)),
    tools ? trans.__('looks things up itself') : trans.__('no looking up')
  ].join(' · ');
}

function dollars(price: number): string {
  return `$${price >= 0.1 || price === 0 ? price.toFixed(2) : price.toPrecision(1)}`;
}

function thousands(tokens: number): string {
  return tokens >= 1e6
    ? `${Number((tokens / 1e6).toFixed(1))}M`
    : tokens >= 1e3
      ? `${Math.round(tokens / 1e3)}k`
      : String(tokens);
}
