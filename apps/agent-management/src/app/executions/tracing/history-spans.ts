import type { EventRecord, ExecutionState, StepState } from '@aitbc/execution-engine';
import {
  type Attributes,
  derivedSpanId,
  type FinishedSpan,
  fromUnits,
  type SpanEvent,
  type TraceContext,
} from '@aitbc/shared-core';
import type { WorkflowVersion } from '../../workflows';
import { attemptSpanId, waitSpanId } from './execution-trace';

/** All that is stored of an execution that has ended. */
export interface EndedExecution {
  readonly state: ExecutionState;
  /** All of it, oldest first. */
  readonly history: readonly EventRecord[];
  readonly version: Pick<WorkflowVersion, 'name' | 'steps'>;
  /** What started it. */
  readonly parent: TraceContext;
}

/** An attempt, or a wait before the first one, that has begun and not yet ended. */
interface Open {
  readonly stepId: string;
  /** 0 for a wait. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly events: SpanEvent[];
}

/**
 * The spans of an ended execution: its own, and below it one for each attempt of each step and for each wait before a
 * step. They follow from what is stored and from nothing else, so that it does not matter which processes have run it,
 * nor how often it was taken up again. Names and attributes: `docs/tracing.md`.
 */
export function spansOf(execution: EndedExecution): FinishedSpan[] {
  return new HistoryReader(execution).read();
}

class HistoryReader {
  private readonly spans: FinishedSpan[] = [];
  private readonly events: SpanEvent[] = [];
  private readonly open = new Map<string, Open>();
  private readonly trace: TraceContext;

  constructor(private readonly execution: EndedExecution) {
    this.trace = { ...execution.parent, spanId: derivedSpanId(execution.state.id) };
  }

  read(): FinishedSpan[] {
    for (const record of this.execution.history) this.take(record);
    const { history, state } = this.execution;
    const endedAt = state.completedAt ?? history.at(-1)?.at ?? 0;
    for (const left of [...this.open.values()]) this.close(left, endedAt, 'cancelled');
    return [this.executionSpan(endedAt), ...this.spans];
  }

  private take(record: EventRecord): void {
    const { stepId } = record;
    if (stepId === null || record.type.startsWith('execution.')) return this.takeOfExecution(record);
    const open = this.open.get(stepId);
    switch (record.type) {
      case 'step.started':
        return this.begin(record, stepId, Number(record.data['attempt']));
      case 'step.waiting':
        return open ? void open.events.push(eventOf(record)) : this.begin(record, stepId, 0);
      case 'step.awaited':
      case 'step.completed':
        return this.close(open, record.at, 'completed');
      case 'step.retrying':
      case 'step.failed':
        return this.fail(record, stepId);
      case 'step.skipped':
        return this.close(begun(record, stepId, 0), record.at, 'skipped');
      default:
        open?.events.push(eventOf(record));
    }
  }

  /** Its end is that of its span, which says it better than an event. */
  private takeOfExecution(record: EventRecord): void {
    const told = ['execution.paused', 'execution.resumed', 'execution.forked'];
    if (told.includes(record.type)) this.events.push({ name: record.type, at: record.at });
  }

  private begin(record: EventRecord, stepId: string, attempt: number): void {
    this.open.set(stepId, begun(record, stepId, attempt));
  }

  /** What could not be prepared has failed without a start. */
  private fail(record: EventRecord, stepId: string): void {
    const attempt = Number(record.data['attempt']);
    const open = this.open.get(stepId);
    const failed = open?.attempt === attempt ? open : begun(record, stepId, attempt);
    const status = record.type === 'step.retrying' ? 'retried' : 'failed';
    this.close(failed, record.at, status, textIn(record.data['code']));
  }

  private close(open: Open | undefined, endedAt: number, status: string, errorType?: string): void {
    if (!open) return;
    const { stepId, attempt, startedAt, events } = open;
    const isWait = attempt === 0 && status !== 'skipped';
    this.open.delete(stepId);
    const { id } = this.execution.state;
    const step = this.execution.state.steps.get(stepId);
    this.spans.push({
      name: `${isWait ? 'wait' : (step?.stepType ?? 'step')} ${stepId}`,
      parent: this.trace,
      spanId: isWait ? waitSpanId(id, stepId) : attemptSpanId(id, stepId, attempt),
      startedAt,
      endedAt,
      events: isWait ? [] : events,
      errorType,
      attributes: {
        'aitbc.execution.id': id,
        'aitbc.step.id': stepId,
        'aitbc.step.status': status,
        ...(isWait ? waitAttributes(events) : this.attemptAttributes(stepId, attempt, step)),
      },
    });
  }

  /** Cost and job are those of the step's end, so only its last attempt has them. */
  private attemptAttributes(stepId: string, attempt: number, step: StepState | undefined): Attributes {
    const definition = this.execution.version.steps.find(({ id }) => id === stepId);
    const model = definition?.modelRequirements['model'];
    const last = step?.attempt === attempt && attempt > 0;
    const job = last ? step.metrics?.['job_id'] : undefined;
    return {
      'aitbc.step.type': step?.stepType,
      'aitbc.step.attempt': attempt,
      'aitbc.step.cost': last ? fromUnits(step.cost) : undefined,
      'aitbc.job.id': textIn(job),
      'gen_ai.request.model': textIn(model),
    };
  }

  /** https://github.com/open-telemetry/semantic-conventions-genai: the span of an invoked workflow. */
  private executionSpan(endedAt: number): FinishedSpan {
    const { state, version, parent, history } = this.execution;
    return {
      name: `invoke_workflow ${version.name}`,
      parent,
      spanId: this.trace.spanId,
      startedAt: state.startedAt ?? history[0]?.at ?? endedAt,
      endedAt,
      events: this.events,
      errorType: state.status === 'completed' ? undefined : (state.error?.code ?? state.status),
      attributes: {
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.workflow.name': version.name,
        'gen_ai.agent.id': state.agentId ?? undefined,
        'aitbc.execution.id': state.id,
        'aitbc.execution.status': state.status,
        'aitbc.execution.cost': fromUnits(state.totalCost),
        'aitbc.execution.forked_from': forkedFrom(history),
        'aitbc.workflow.id': state.workflowId,
        'aitbc.workflow.version': state.workflowVersion,
      },
    };
  }
}

function begun({ at, type, data }: EventRecord, stepId: string, attempt: number): Open {
  const events = type === 'step.waiting' ? [eventOf({ type, at, data })] : [];
  return { stepId, attempt, startedAt: at, events };
}

/** What was waited for is no secret: the id of a job, or the name of a signal. */
function eventOf({ type, at, data }: Pick<EventRecord, 'type' | 'at' | 'data'>): SpanEvent {
  return {
    name: type,
    at,
    attributes: { 'aitbc.wait.for': textIn(data['for']), 'aitbc.wait.ref': textIn(data['ref']) },
  };
}

function waitAttributes(events: readonly SpanEvent[]): Attributes {
  return events[0]?.attributes ?? {};
}

function forkedFrom(history: readonly EventRecord[]): string | undefined {
  return textIn(history.find(({ type }) => type === 'execution.forked')?.data['from']);
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
