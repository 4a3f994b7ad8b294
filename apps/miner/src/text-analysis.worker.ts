import { parentPort } from 'node:worker_threads';
import { analyse, type AnalysisRequest } from './app/text-analysis/analyse';
import { createTextReader } from './app/text-analysis/text-reader';

/**
 * Worker thread that analyses one text after the other: a request comes in, `{ok: true, result}` or
 * `{ok: false, error}` goes out. The reader of the next text is made after the answer, so that nobody waits for it.
 * It lies beside `main.ts` because the bundle puts entry points side by side only then.
 */
let read = createTextReader();

const port = parentPort;
if (!port) throw new Error('text-analysis.worker runs as a worker thread only');
port.on('message', (request: AnalysisRequest) => {
  try {
    port.postMessage({ ok: true, result: analyse(request, read) });
  } catch (error) {
    port.postMessage({ ok: false, error: error instanceof Error ? error.message : String(error) });
  }
  read = createTextReader();
});
