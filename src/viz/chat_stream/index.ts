/**
 * chat_stream: write a chat, see the stream of ids that the model reads, and which of them it is
 * trained on. The stream is in compute.ts, the guesses in questions.ts; this file holds the
 * state and shows it.
 */
import { shippedMarks, shippedVocabulary, visible } from '../kit/bpe';
import { choice } from '../kit/choice';
import { checkbox, element, onKey } from '../kit/dom';
import { pointing } from '../kit/focus';
import { whole } from '../kit/format';
import { guesses } from '../kit/guess';
import { type IModel, type Leaving, picture } from '../kit/host';
import { params } from '../kit/params';
import { words } from '../kit/strings';
import { textField } from '../kit/textfield';
import { dress } from '../kit/theme';
import { type ITile, tiles } from '../kit/tiles';
import { liveText, twin } from '../kit/twin';
import {
  compute,
  type IMessage,
  type IPart,
  type IToken,
  textOf
} from './compute';
import example from './example.json';
import meta from './meta.json';
import { questions } from './questions';
import { STYLE } from './style';
import { STRINGS } from './words';

export { compute, meta };

const WHICH = ['greeting', 'sum'] as const;
const FROM = {
  program: 'fromProgram',
  user: 'fromUser',
  assistant: 'fromAssistant',
  tool: 'fromTool'
} as const;
const SAID = {
  program: 'fromProgram',
  user: 'saidUser',
  assistant: 'saidAssistant',
  tool: 'saidTool'
} as const;

export default picture(draw, Object.keys(meta.inputs));

function draw(model: IModel, root: HTMLElement, leaving: Leaving): void {
  const say = words(STRINGS, model);
  dress(model, root, leaving, STYLE);
  const vocabulary = shippedVocabulary();
  const marks = shippedMarks();
  const first = Math.min(...marks.values());
  const param = params(model, leaving, meta.params, (_, value) =>
    setMask(value >= 0.5)
  );
  const sent = model.get('messages');
  const given: readonly IMessage[] = Array.isArray(sent)
    ? (sent as IMessage[])
    : example.greeting;

  let messages = given;
  let stream: readonly IToken[] = compute({ messages, vocabulary, marks });
  let masked = param('mask') >= 0.5;
  let chosen = 0;
  const set = (next: readonly IMessage[], mask = masked): readonly IToken[] => {
    masked = mask;
    messages = next;
    stream = compute({ messages, vocabulary, marks });
    const [asks, answers] = ends();
    userField.show(textOf(asks));
    answerField.show(answers === undefined ? '' : textOf(answers));
    answerField.node.hidden = answers === undefined;
    show();
    return stream;
  };
  const setMask = (value: boolean): void => {
    masked = value;
    show();
  };
  /** The first message of the user, and the last of the assistant: those can be changed. */
  const ends = (): [IMessage, IMessage | undefined] => {
    const user = messages.find(({ role }) => role === 'user') as IMessage;
    return [user, messages.filter(({ role }) => role === 'assistant').at(-1)];
  };
  const change = (which: 0 | 1, text: string): string => {
    if (text === '') {
      return say('empty');
    }
    const old = ends()[which];
    if (old !== undefined) {
      set(
        messages.map(message =>
          message === old ? { ...message, content: saying(old, text) } : message
        )
      );
    }
    return '';
  };

  const point = pointing(model, leaving, focus => {
    const at = focus?.token ?? -1;
    if (at >= 0 && at < stream.length && at !== chosen) {
      chosen = at;
      show();
    }
  });
  const pick = choice(
    say('which'),
    WHICH.map(key => say(key)),
    n => set(example[WHICH[n] ?? 'greeting'])
  );
  const userField = textField(model, say('user'), example.samples, text =>
    change(0, text)
  );
  const answerField = textField(model, say('assistant'), [], text =>
    change(1, text)
  );
  const chat = element('div', { class: 'nl-chat' });
  const row = tiles(
    say('stream'),
    token => {
      chosen = token;
      show();
    },
    point,
    token => ({ token })
  );
  const mask = checkbox(say('mask'), setMask);
  const counted = element('p', {});
  const how = element('p', { class: 'nl-how' });
  const live = liveText();
  const table = twin(model);
  const question = element('div');
  root.append(
    element('p', {}, say('intro')),
    question,
    pick.node,
    userField.node,
    answerField.node,
    element('p', { class: 'nl-row-name' }, say('chat')),
    chat,
    element('p', { class: 'nl-row-name' }, say('stream')),
    row.node,
    mask.node,
    counted,
    how,
    live,
    table.node
  );
  onKey(root, 'm', () => setMask(!masked));
  const name = (id: number): string => vocabulary.name(id);
  question.append(guesses(model, questions(say, { show: set, name })));
  set(given, param('mask') >= 0.5);

  function nameOf({ id, mark: special }: IToken): string {
    return special === null ? name(id) : special.slice(2, -2);
  }

  function show(): void {
    chosen = Math.min(chosen, stream.length - 1);
    const token = stream[chosen] as IToken;
    pick.show(WHICH.findIndex(key => messages === example[key]));
    chat.replaceChildren(...messages.map((message, n) => bubble(message, n)));
    mask.box.checked = masked;
    row.show(
      stream.map((one): ITile => ({
        text: nameOf(one),
        under: String(one.id),
        label: label(one),
        kind: `${one.from}${one.mark === null ? '' : ' mark'}${masked ? ` ${Number(one.learned)}` : ''}`
      })),
      chosen
    );
    const learned = stream.filter(one => one.learned).length;
    counted.textContent = `${say(
      'count',
      stream.length,
      stream.filter(one => one.mark !== null).length
    )} ${masked ? say('learned', learned) : say('hidden')}`;
    how.textContent = explained(token);
    live.textContent = say('live', counted.textContent, how.textContent);
    table.show([say('token'), say('id'), say('maskColumn'), say('from')], () =>
      stream.map(one => [
        one.mark ?? visible(nameOf(one)),
        String(one.id),
        masked ? String(Number(one.learned)) : '?',
        say(FROM[one.from])
      ])
    );
  }

  function label(one: IToken): string {
    return say(
      'tile',
      stream.indexOf(one) + 1,
      one.mark === null
        ? say('ofText', nameOf(one))
        : say('ofMark', nameOf(one)),
      one.id,
      masked ? say(one.learned ? 'is1' : 'is0') : say('isHidden')
    );
  }

  function explained(one: IToken): string {
    const what =
      one.mark === null
        ? say('howText', nameOf(one), one.id, say(SAID[one.from]))
        : say('howMark', one.mark, one.id, whole(first - 1));
    return what + (masked ? say(one.learned ? 'why1' : 'why0') : '');
  }

  function bubble(message: IMessage, n: number): HTMLElement {
    const parts: readonly IPart[] =
      typeof message.content === 'string'
        ? [{ type: 'text', text: message.content }]
        : message.content;
    const node = element(
      'div',
      { class: 'nl-bubble', 'data-role': message.role },
      ...parts.map(({ type, text }) =>
        type === 'text'
          ? element('span', {}, text)
          : element(
              'small',
              {},
              say(type === 'python' ? 'python' : 'output', text)
            )
      )
    );
    node.toggleAttribute('data-lit', stream[chosen]?.message === n);
    return node;
  }
}

/** The same content with another text in place of its last one. */
function saying({ content }: IMessage, text: string): IMessage['content'] {
  if (typeof content === 'string') {
    return text;
  }
  const last = content.map(({ type }) => type).lastIndexOf('text');
  return last < 0
    ? [...content, { type: 'text', text }]
    : content.map((part, n) => (n === last ? { ...part, text } : part));
}
