import { parentPort, workerData } from 'node:worker_threads';
import { Guest } from './guest';
import { GuestFailure } from './guest-failure';
import { CodeFailure, CodeReply, CodeRequest, CodeWorkerData, CodeWorkerReady } from './protocol';

/*
 * The main file of a worker thread of the CodeSandbox. It keeps nothing between two requests but the code of the
 * interpreter; the parent may terminate it at any instant.
 */
const { interpreter } = workerData as CodeWorkerData;

/** Nobody ever wakes who waits for it. */
const never = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
/** Long enough that the thread really sleeps: a shorter time can be over before it does. */
const SETTLE_MS = 0.02;

async function run(request: CodeRequest): Promise<CodeReply> {
  const startedAt = performance.now();
  const cpuBefore = threadCpuMicros();
  let guest: Guest | undefined;
  let result: Pick<CodeReply, 'outputJson' | 'failure'>;
  try {
    guest = await Guest.create(interpreter, request);
    const outputJson = guest.run();
    result = outputJson === undefined ? {} : { outputJson };
  } catch (thrown) {
    result = { failure: failureOf(thrown) };
  }
  const durationMs = performance.now() - startedAt;
  const cpuAfter = settledCpuMicros();
  return {
    ...result,
    logs: guest?.logs ?? [],
    metrics: {
      durationMs,
      ...(cpuBefore === undefined || cpuAfter === undefined ? {} : { cpuMicros: cpuAfter - cpuBefore }),
      memoryBytes: guest?.memoryBytes ?? 0,
    },
    ...threadCpu(cpuAfter),
  };
}

/** What is no GuestFailure broke the interpreter itself: its native stack, or an allocation that it cannot do without. */
function failureOf(thrown: unknown): CodeFailure {
  if (thrown instanceof GuestFailure) return thrown.failure;
  return { code: 'code_resource_limit', message: 'it exhausted the memory or the stack of the interpreter' };
}

/** What the operating system has counted for this thread alone: neither waiting nor other threads are in it. */
function threadCpuMicros(): number | undefined {
  if (typeof process.threadCpuUsage !== 'function') return undefined;
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/**
 * Linux adds to a running thread's count at the clock's ticks only, every 1 to 10 ms, and when the thread gives its
 * processor away: without that most short runs would have used nothing, and some of them a whole tick.
 */
function settledCpuMicros(): number | undefined {
  Atomics.wait(never, 0, 0, SETTLE_MS);
  return threadCpuMicros();
}

function threadCpu(micros: number | undefined): Pick<CodeWorkerReady, 'threadCpuMicros'> {
  return micros === undefined ? {} : { threadCpuMicros: micros };
}

/** One run of something trivial, so that the first real one finds everything loaded and compiled. */
async function start(): Promise<void> {
  const limits = { timeoutMs: 10_000, memoryMb: 32, maxOutputBytes: 1_000 };
  const { failure } = await run({ code: 'export default (x) => x', inputJson: '1', limits });
  if (failure !== undefined) throw new Error(`the interpreter does not work: ${failure.message}`);
  parentPort?.on(
    'message',
    (request: CodeRequest) => void run(request).then((reply) => parentPort?.postMessage(reply)),
  );
  parentPort?.postMessage({ ready: true, ...threadCpu(threadCpuMicros()) } satisfies CodeWorkerReady);
}

void start();
