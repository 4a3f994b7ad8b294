import { Job } from '@aitbc/coordinator-domain';
import {
  type Attributes,
  type Database,
  derivedSpanId,
  type FinishedSpan,
  fromUnits,
  LaterSpans,
  type Logger,
  parseTraceparent,
  record,
  type SpanEvent,
  type Tracer,
} from '@aitbc/shared-core';

/** What a job's span is made of. */
type EndedJob = Pick<
  Job,
  | 'id'
  | 'serviceType'
  | 'serviceRequest'
  | 'executionId'
  | 'stepId'
  | 'agentId'
  | 'traceParent'
  | 'state'
  | 'attempts'
  | 'assignedMinerId'
  | 'price'
  | 'metrics'
  | 'requestedAt'
  | 'startedAt'
  | 'finishedAt'
>;

/** Tells of each job that this process has brought to its end, as one span from the queue to the result. */
export class JobSpans {
  private readonly later: LaterSpans;

  constructor(
    private readonly db: Database,
    private readonly tracer: Tracer,
    logger: Logger,
  ) {
    this.later = new LaterSpans(tracer, logger);
  }

  /** A job has become final. */
  ended(jobId: string): void {
    if (this.tracer.enabled) this.later.add((tracer) => this.tell(tracer, jobId));
  }

  /** Resolves when all that has ended is told. */
  settled(): Promise<void> {
    return this.later.settled();
  }

  private async tell(tracer: Tracer, jobId: string): Promise<void> {
    const job = await this.db.read((manager) => manager.findOneBy(Job, { id: jobId }));
    const span = job && jobSpan(job);
    if (span) record(tracer, span);
  }
}

/** `undefined` for a job of no trace, or of one that is not recorded. */
function jobSpan(job: EndedJob): FinishedSpan | undefined {
  const parent = parseTraceparent(job.traceParent);
  if (!parent?.sampled) return undefined;
  return {
    name: `job ${job.serviceType}`,
    kind: 'producer',
    parent,
    spanId: derivedSpanId(job.id),
    startedAt: job.requestedAt,
    endedAt: job.finishedAt ?? job.requestedAt,
    attributes: attributesOf(job),
    events: eventsOf(job),
    errorType: job.state === 'COMPLETED' ? undefined : job.state.toLowerCase(),
  };
}

/**
 * As messages to a queue go (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/); the tokens are
 * those that the miner has reported. `gen_ai.operation.name` is left to the call of the model itself, so that a sum over
 * operations counts each token once.
 */
function attributesOf(job: EndedJob): Attributes {
  return {
    'messaging.system': 'aitbc',
    'messaging.destination.name': job.serviceType,
    'messaging.message.id': job.id,
    'gen_ai.request.model': modelOf(job),
    'gen_ai.usage.input_tokens': job.metrics?.prompt_tokens,
    'gen_ai.usage.output_tokens': job.metrics?.completion_tokens,
    'gen_ai.agent.id': job.agentId ?? undefined,
    'aitbc.job.state': job.state,
    'aitbc.job.attempts': job.attempts,
    'aitbc.job.price': job.state === 'COMPLETED' && job.price !== null ? fromUnits(job.price) : undefined,
    'aitbc.miner.id': job.assignedMinerId ?? undefined,
    'aitbc.execution.id': job.executionId ?? undefined,
    'aitbc.step.id': job.stepId ?? undefined,
  };
}

function modelOf({ serviceRequest }: EndedJob): string | undefined {
  const { model } = JSON.parse(serviceRequest) as { model?: unknown };
  return typeof model === 'string' ? model : undefined;
}

/** Only the newest attempt is kept in the job's row. */
function eventsOf({ startedAt, attempts }: EndedJob): SpanEvent[] {
  if (startedAt === null) return [];
  return [{ name: 'job.assigned', at: startedAt, attributes: { 'aitbc.job.attempt': attempts } }];
}
