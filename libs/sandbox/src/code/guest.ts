import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { isDeeperThan, MAX_JSON_DEPTH } from '../json/json-depth';
import { installConsole } from './guest-console';
import { describeThrown, GuestFailure, lengthOf, MODULE_NAME } from './guest-failure';
import { CodeErrorCode, CodeRequest, MIN_MEMORY_MB } from './protocol';
import { WasmMemory, WasmModule, webAssembly } from './web-assembly';

const PAGE_BYTES = 64 * 1024;
const MAX_STACK_BYTES = 256 * 1024;
/** Promise reactions run between two looks at the clock. */
const JOBS_PER_TURN = 1_000;

/**
 * One run of a user's code in an interpreter of its own: a new WebAssembly instance with a new memory, so that nothing
 * of one run is there in the next, and that the memory's maximum is a hard limit (the interpreter's own limit does not
 * count buffers). The instance is dropped as a whole, so no handle is ever freed one by one.
 */
export class Guest {
  private interrupted = false;
  private readonly deadline: number;

  private constructor(
    private readonly runtime: QuickJSRuntime,
    private readonly context: QuickJSContext,
    private readonly memory: WasmMemory,
    private readonly request: CodeRequest,
  ) {
    runtime.setMaxStackSize(MAX_STACK_BYTES);
    this.parse = this.intrinsic('JSON.parse');
    this.stringify = this.intrinsic('JSON.stringify');
    this.call = this.intrinsic('(async (f, x) => f(x))');
    this.logs = installConsole(context, this.stringify);
    // Only now: setting up the interpreter is not the user's time.
    this.deadline = performance.now() + request.limits.timeoutMs;
    runtime.setInterruptHandler(() => (this.interrupted ||= performance.now() > this.deadline));
  }

  /** What the code has written to `console` so far. */
  readonly logs: readonly string[];
  // Taken before the user's code can replace them.
  private readonly parse: QuickJSHandle;
  private readonly stringify: QuickJSHandle;
  private readonly call: QuickJSHandle;

  static async create(interpreter: WasmModule, request: CodeRequest): Promise<Guest> {
    const maximum = Math.floor((request.limits.memoryMb * 1024 * 1024) / PAGE_BYTES);
    const memory = new webAssembly.Memory({ initial: 256, maximum });
    const custom = newVariant(variant, { wasmModule: interpreter, wasmMemory: memory });
    const quickjs = await newQuickJSWASMModuleFromVariant(custom);
    const runtime = quickjs.newRuntime();
    return new Guest(runtime, runtime.newContext(), memory, request);
  }

  get memoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Evaluates the module and calls its default export with the input; gives the JSON of what it returns, or nothing
   * when there was no input to call it with.
   * @throws GuestFailure with whatever went wrong.
   */
  run(): string | undefined {
    const main = this.defaultExport();
    if (this.request.inputJson === undefined) return undefined;
    const input = this.unwrap(
      this.context.callFunction(this.parse, this.context.undefined, this.context.newString(this.request.inputJson)),
      'code_resource_limit',
    );
    const promise = this.unwrap(
      this.context.callFunction(this.call, this.context.undefined, main, input),
      'code_failed',
    );
    return this.toJson(this.settle(promise, 'code_failed'));
  }

  private defaultExport(): QuickJSHandle {
    const evaluated = this.context.evalCode(this.request.code, MODULE_NAME, { type: 'module' });
    const module = this.settle(this.unwrap(evaluated, 'code_failed', 'code_invalid'), 'code_failed');
    const main = this.context.getProp(module, 'default');
    if (this.context.typeof(main) === 'function') return main;
    throw new GuestFailure({ code: 'code_invalid', message: 'the module has no default export that is a function' });
  }

  /** Runs promise reactions until this promise is settled. Nothing outside can settle one: there is no I/O, no timer. */
  private settle(promise: QuickJSHandle, code: CodeErrorCode): QuickJSHandle {
    while (this.runtime.hasPendingJob()) {
      this.unwrap(this.runtime.executePendingJobs(JOBS_PER_TURN), code);
      if (performance.now() > this.deadline) throw this.timeout();
    }
    const state = this.context.getPromiseState(promise);
    if (state.type === 'fulfilled') return state.value;
    if (state.type === 'rejected') throw this.failureOf(state.error, code);
    throw new GuestFailure({ code: 'code_failed', message: 'it awaits a promise that nothing can ever settle' });
  }

  private toJson(value: QuickJSHandle): string {
    const json = this.unwrap(this.context.callFunction(this.stringify, this.context.undefined, value), 'code_invalid');
    if (this.context.typeof(json) !== 'string') {
      throw new GuestFailure({ code: 'code_invalid', message: 'the result has no JSON form' });
    }
    const { maxOutputBytes } = this.request.limits;
    // Each UTF-16 unit is at least one byte: a result that is far too large is not even copied out.
    const text = lengthOf(this.context, json) <= maxOutputBytes ? this.context.getString(json) : undefined;
    if (text === undefined || Buffer.byteLength(text) > maxOutputBytes) {
      throw new GuestFailure({
        code: 'code_resource_limit',
        message: `the result is larger than ${maxOutputBytes} bytes`,
      });
    }
    if (isDeeperThan(text, MAX_JSON_DEPTH)) {
      throw new GuestFailure({
        code: 'code_resource_limit',
        message: `the result is nested deeper than ${MAX_JSON_DEPTH}`,
      });
    }
    return text;
  }

  /** @param syntaxCode for errors of the module's text and its imports, when they can occur here. */
  private unwrap<T>(result: Result<T>, code: CodeErrorCode, syntaxCode = code): T {
    if (result.error === undefined) return result.value;
    throw this.failureOf(result.error, code, syntaxCode);
  }

  private failureOf(thrown: QuickJSHandle, code: CodeErrorCode, syntaxCode = code): GuestFailure {
    const failure = describeThrown(this.context, thrown, code);
    // Asked after the description, since that may have run into a getter which never ends.
    if (this.interrupted) return this.timeout();
    if (this.ranOutOfMemory(thrown)) return new GuestFailure({ code: 'code_resource_limit', message: 'out of memory' });
    const inText = /^(SyntaxError:|ReferenceError: could not load module)/.test(failure.message);
    return new GuestFailure(inText && failure.code === code ? { ...failure, code: syntaxCode } : failure);
  }

  /**
   * With no memory left, not even for an error object, the interpreter throws `null`. So might the user's code, but
   * hardly after it has outgrown the memory that the interpreter starts with.
   */
  private ranOutOfMemory(thrown: QuickJSHandle): boolean {
    return this.memoryBytes > MIN_MEMORY_MB * 1024 * 1024 && this.context.eq(thrown, this.context.null);
  }

  private timeout(): GuestFailure {
    return new GuestFailure({
      code: 'code_timeout',
      message: `it was stopped after ${this.request.limits.timeoutMs} ms`,
    });
  }

  private intrinsic(source: string): QuickJSHandle {
    return this.context.unwrapResult(this.context.evalCode(source));
  }
}

/** What evaluating, calling and running jobs all give. */
type Result<T> = { readonly value: T; readonly error?: undefined } | { readonly error: QuickJSHandle };
