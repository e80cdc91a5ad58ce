/** How the browser tests drive the tutor: the scripted model, whom the server asks, the panel. */
import { type ChildProcess, spawn } from 'node:child_process';

import { expect, type Locator, type Page } from '@playwright/test';

import { BASE } from './address';
import { execute, openLab } from './lab';

export const TUTOR = '#nanochat-learn-tutor';
/** Nobody is asked there: these tests have no key. */
const OPENROUTER = 'https://openrouter.ai/api/v1';

interface ICaptured {
  readonly path: string;
  readonly body: { readonly messages: { role: string; content: string }[] };
  readonly closed_early: boolean;
}

/** The package's own scripted server in OpenAI's protocol. */
export class FakeModel {
  private constructor(
    private readonly _process: ChildProcess,
    readonly baseUrl: string
  ) {}

  static async start(): Promise<FakeModel> {
    const python = process.env.NANOCHAT_LEARN_TEST_PYTHON ?? 'python';
    const child = spawn(python, ['-m', 'nanochat_learn.adapters.fake_openai'], {
      stdio: ['ignore', 'pipe', 'inherit']
    });
    const said = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (data: Buffer) => resolve(data.toString()));
      child.once('exit', code => reject(new Error(`exit ${String(code)}`)));
    });
    const url = /http:\S+/.exec(said)?.[0];
    if (url === undefined) {
      throw new Error(`The scripted model said: ${said}`);
    }
    return new FakeModel(child, url);
  }

  stop(): void {
    this._process.kill();
  }

  /** The requests for an answer that came so far. */
  async asked(): Promise<ICaptured[]> {
    const url = this.baseUrl.replace(/\/v1$/, '/captured');
    const { captured } = (await (await fetch(url)).json()) as {
      captured: ICaptured[];
    };
    return captured.filter(({ path }) => path.endsWith('/chat/completions'));
  }
}

/** A request to our routes as the page makes it, with cookie and XSRF header. */
async function request(
  page: Page,
  path: string,
  method: string,
  body: object
): Promise<void> {
  const status = await page.evaluate(
    async ([url, verb, json]) => {
      const xsrf = /_xsrf=([^;]+)/.exec(document.cookie)?.[1] ?? '';
      const answer = await fetch(url, {
        method: verb,
        body: json,
        headers: { 'X-XSRFToken': xsrf, 'Content-Type': 'application/json' }
      });
      return `${String(answer.status)} ${await answer.text()}`;
    },
    [`${BASE}nanochat-learn/api/${path}`, method, JSON.stringify(body)] as const
  );
  expect(status).toMatch(/^20/);
}

/** From now on the server asks the scripted model, which does what `script` names. */
export function follow(
  page: Page,
  fake: FakeModel,
  script: string
): Promise<void> {
  return request(page, 'tutor', 'PUT', {
    base_url: fake.baseUrl,
    model: `fake/${script}`,
    fallbacks: []
  });
}

/** No model: OpenRouter, for which there is no key. */
export function withoutModel(page: Page): Promise<void> {
  return request(page, 'tutor', 'PUT', {
    base_url: OPENROUTER,
    model: '',
    fallbacks: []
  });
}

/** An indexed workspace, and the panel with its box. */
export async function openTutor(
  page: Page,
  choose: (page: Page) => Promise<void>
): Promise<Locator> {
  await openLab(page);
  await execute(page, 'nanochat-learn:index-workspace');
  await choose(page);
  await execute(page, 'nanochat-learn:show-tutor');
  const panel = page.locator(TUTOR);
  await expect(box(panel)).toBeVisible();
  return panel;
}

/** As a learner reloads: what the page remembers stays (`openLab` forgets it). */
export async function reload(page: Page): Promise<Locator> {
  await page.reload();
  await page.waitForFunction(() => window.jupyterapp?.commands !== undefined);
  await page.evaluate(async () => {
    await window.jupyterapp.restored;
  });
  await execute(page, 'nanochat-learn:show-tutor');
  const panel = page.locator(TUTOR);
  await expect(box(panel)).toBeVisible();
  return panel;
}

export function box(panel: Locator): Locator {
  return panel.getByRole('textbox', { name: 'Your question' });
}

export async function ask(panel: Locator, question: string): Promise<void> {
  // One question at a time: the button that asks is back when an answer has ended.
  await expect(
    panel.getByRole('button', { name: 'Ask', exact: true })
  ).toBeVisible();
  await box(panel).fill(question);
  await box(panel).press('Enter');
}

/** The last answer. */
export function answer(panel: Locator): Locator {
  return panel.locator('.jp-NanochatLearn-reply').last();
}

/** As narrow or wide as a learner drags it, by the edge beside the main area. */
export async function widen(panel: Locator, pixels: number): Promise<void> {
  const { mouse } = panel.page();
  const place = await panel.boundingBox();
  const left = place?.x ?? 0;
  const right = left + (place?.width ?? 0);
  await mouse.move(left - 3, 300);
  await mouse.down();
  await mouse.move(right - pixels - 3, 300, { steps: 5 });
  await mouse.up();
  await expect
    .poll(async () => Math.round((await panel.boundingBox())?.width ?? 0))
    .toBeLessThan(pixels + 20);
}
