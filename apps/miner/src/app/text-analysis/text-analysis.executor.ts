import type { ExecutionOutcome, Executor, JobContext, ServiceRequest } from '../executors/executor';
import { RequestSchema } from '../executors/request-schema';
import { ANALYSIS_TASKS, type AnalysisRequest } from './analyse';
import type { AnalysisWorkers } from './analysis-workers';

/** About a hundred pages; longer texts take seconds of a core and belong in parts. */
const MAX_CHARACTERS = 200_000;

const PROBE_MS = 60_000;

const REQUEST = new RequestSchema<AnalysisRequest>({
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string', minLength: 1, maxLength: MAX_CHARACTERS, pattern: '\\S' },
    tasks: { type: 'array', minItems: 1, items: { enum: ANALYSIS_TASKS }, default: ANALYSIS_TASKS },
  },
});

/**
 * `text_analysis`: `{text (1..200,000 characters), tasks?: sentiment|entities|keywords|summary|readability|language[]}`
 * → one field for each task. English only; the `language` task says whether the text looks like it.
 */
export class TextAnalysisExecutor implements Executor {
  readonly serviceType = 'text_analysis';

  constructor(private readonly workers: AnalysisWorkers) {}

  /** Also starts the first thread, so that the first job need not wait for it. */
  async probe(): Promise<readonly string[]> {
    await this.workers.run({ text: 'It works.', tasks: ['language'] }, AbortSignal.timeout(PROBE_MS));
    return [];
  }

  async run(request: ServiceRequest, { signal }: JobContext): Promise<ExecutionOutcome> {
    return { result: await this.workers.run(REQUEST.parse(request), signal), metrics: {} };
  }

  async close(): Promise<void> {
    await this.workers.close();
  }
}
