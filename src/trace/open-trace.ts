/** A trace that is open: its steps as far as they are known, and the numbers that were asked for. */
import type {
  NodeId,
  TraceLines,
  TraceManifest,
  TraceStep
} from '../api/types.gen';
import type { ITraceApi } from '../tokens';
import { type ITensor, tensorOf } from './tensor';

/** Numbers kept for going back, in bytes as they came. */
const KEPT = 48e6;

export interface IFunctionRan {
  readonly id: NodeId;
  readonly filePath: string;
  readonly line: number;
  readonly calls: number;
}

export class OpenTrace {
  private constructor(
    private readonly _api: ITraceApi,
    private readonly _document: string,
    readonly name: string
  ) {}

  /** Resolves with the first page. Rejects with the `ApiError`. */
  static async open(
    api: ITraceApi,
    document: string,
    name: string
  ): Promise<OpenTrace> {
    const trace = new OpenTrace(api, document, name);
    await trace._next(0);
    return trace;
  }

  get manifest(): TraceManifest {
    return this._manifest as TraceManifest;
  }

  get steps(): readonly TraceStep[] {
    return this._steps;
  }

  /** null where shapes on the line were not recorded. */
  get lines(): TraceLines | null {
    return this._lines;
  }

  get damaged(): readonly string[] {
    return this._damaged;
  }

  /** Whether steps are known to be there that have not come yet. */
  get isPartial(): boolean {
    return this._steps.length < this._total;
  }

  get isGrowing(): boolean {
    return this.manifest.state === 'growing';
  }

  /** Ask for what came since. True when anything changed. */
  async refresh(): Promise<boolean> {
    const before = [this._steps.length, this.manifest.state].join();
    await this._next(this._steps.length);
    if (!this.isGrowing && before.endsWith('growing')) {
      await this._next(0); // the lines came with the end
    }
    return before !== [this._steps.length, this.manifest.state].join();
  }

  /** Functions that ran, most calls first; null when that was not recorded. */
  functions(): IFunctionRan[] | null {
    if (this._lines === null) {
      return null;
    }
    return this._lines.sources
      .flatMap(source =>
        source.functions.map(({ id, line, calls }) => ({
          id,
          line,
          calls,
          filePath: source.file_path
        }))
      )
      .sort((a, b) => b.calls - a.calls);
  }

  /** What is here already. */
  peek(step: number, name: string): ITensor | undefined {
    return this._tensors.get(`${step}/${name}`);
  }

  /** Rejects with the `ApiError`, or a plain error for bytes that make no sense. */
  numbers(step: number, name: string): Promise<ITensor> {
    const key = `${step}/${name}`;
    const here = this._tensors.get(key);
    if (here !== undefined) {
      return Promise.resolve(here);
    }
    const under = this._asked.get(key);
    if (under !== undefined) {
      return under;
    }
    const asked = this._api
      .numbers(this._document, this.name, step, name)
      .then(found => {
        const tensor = tensorOf(found);
        this._keep(key, tensor);
        return tensor;
      })
      .finally(() => this._asked.delete(key));
    this._asked.set(key, asked);
    return asked;
  }

  private async _next(first: number): Promise<void> {
    const page = await this._api.page(this._document, this.name, first);
    this._manifest = page.manifest;
    this._total = page.total;
    this._damaged = page.damaged;
    if (page.first === 0) {
      this._lines = page.lines;
    }
    const known = this._steps.length;
    if (page.first <= known) {
      this._steps = [...this._steps, ...page.steps.slice(known - page.first)];
    }
  }

  private _keep(key: string, tensor: ITensor): void {
    this._tensors.set(key, tensor);
    this._size += tensor.values.byteLength;
    for (const [oldest, { values }] of this._tensors) {
      if (this._size <= KEPT || oldest === key) {
        break;
      }
      this._tensors.delete(oldest);
      this._size -= values.byteLength;
    }
  }

  private _manifest: TraceManifest | null = null;
  private _steps: readonly TraceStep[] = [];
  private _total = 0;
  private _lines: TraceLines | null = null;
  private _damaged: readonly string[] = [];
  private _size = 0;
  private readonly _tensors = new Map<string, ITensor>();
  private readonly _asked = new Map<string, Promise<ITensor>>();
}
