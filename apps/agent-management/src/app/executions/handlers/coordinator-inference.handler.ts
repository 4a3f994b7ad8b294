import {
  FINAL_JOB_STATES,
  type JobClient,
  type JobConstraints,
  type JobOutcome,
  type JobSnapshot,
} from '@aitbc/contracts';
import {
  type HeldStep,
  idempotencyKeyOf,
  LeaseLost,
  type StepContext,
  type StepCost,
  StepFailure,
  type StepHandler,
  type StepPlan,
  type StepResult,
  type StepWait,
} from '@aitbc/execution-engine';
import { AppError, type ErrorCode, fromUnits, toUnits } from '@aitbc/shared-core';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import { serviceTypeOf } from '../../workflows';
import { asObject } from './as-object';
import { CoordinatorOutage } from './coordinator-outage';

/** How long a step waits for its job's end to be announced before it looks by itself. */
const LOOK_AGAIN_MS = 30_000;
/** The same where the end may come before anybody listens for it. */
const LOOK_SOON_MS = 1_000;
/**
 * Refusals that are none of the request's: the coordinator has enough of us for now, or does not let this service in.
 * The operator mends that, and no author's step need fail of it.
 */
const NOT_THE_REQUESTS_FAULT: readonly ErrorCode[] = ['rate_limited', 'unauthenticated', 'forbidden'];

const CONSTRAINTS = ['gpu', 'cuda', 'min_vram_gb', 'models', 'region', 'max_price'] as const;

/**
 * `inference` and `training` by the miners: submits a job to the coordinator and waits for its end without holding a
 * worker. The request is the mapped input over `config.parameters`; constraints come from `model_requirements`. While
 * the coordinator (or its database) is away the step waits, up to its time-out, and asks again as the same attempt with
 * the same idempotency key: what it may have submitted already is found again.
 */
export class CoordinatorInferenceHandler implements StepHandler {
  private readonly outage: CoordinatorOutage;

  /** @param hearsEnds whether this process is told of jobs that end from now on */
  constructor(
    private readonly jobs: JobClient,
    private readonly now: () => number = Date.now,
    private readonly hearsEnds: () => boolean = () => true,
  ) {
    this.outage = new CoordinatorOutage(now);
  }

  /** The most that the author is ready to pay for the job; without `max_price` what is left of the budget bounds it. */
  estimate({ modelRequirements }: StepPlan): number {
    const price = modelRequirements['max_price'];
    if (typeof price !== 'number') return 0;
    try {
      return toUnits(price, '/model_requirements/max_price');
    } catch (error) {
      throw new StepFailure('bad_config', error instanceof AppError ? describe(error) : 'max_price is bad', false);
    }
  }

  async run(context: StepContext): Promise<StepResult> {
    return this.unlessAway(async (lookAfterMs) => {
      const paid = await this.letGoOfEarlierAttempts(context);
      if (paid) return this.resultOf(paid.jobId, lookAfterMs);
      const job = await this.jobs.submit(submissionOf(context));
      await this.cancelIfOver(context);
      // A re-run after a crash finds the job that was submitted before, perhaps already ended.
      const hasEnded = FINAL_JOB_STATES.includes(job.state);
      return hasEnded ? this.resultOf(job.jobId, lookAfterMs) : this.waitFor(job, lookAfterMs);
    });
  }

  async resume(context: StepContext, { ref }: StepWait): Promise<StepResult> {
    if (ref === null) return this.run(context);
    return this.unlessAway((lookAfterMs) => this.resultOf(ref, lookAfterMs), ref);
  }

  async release({ idempotencyKey }: HeldStep): Promise<void> {
    await this.jobs.cancel(idempotencyKey);
  }

  /**
   * An attempt before may have timed out while its job went on: that is cancelled. One that has completed all the same
   * must be paid, so its result is taken instead of paying for a second one.
   */
  private async letGoOfEarlierAttempts({ execution, step, attempt }: StepContext): Promise<JobSnapshot | undefined> {
    for (let earlier = attempt - 1; earlier > 0; earlier -= 1) {
      const job = await this.jobs.cancel(idempotencyKeyOf(execution.id, step.id, earlier));
      // Those before it have been let go of when it was submitted.
      if (job) return job.state === 'COMPLETED' ? job : undefined;
    }
    return undefined;
  }

  /**
   * The attempt ended (a time-out, say) while the job was being submitted: whoever released it came too early to see the
   * job. When only the lease was lost, the job is left: the next holder of the same attempt may be waiting for it.
   */
  private async cancelIfOver({ signal, idempotencyKey }: StepContext): Promise<void> {
    if (signal.aborted && !(signal.reason instanceof LeaseLost)) await this.jobs.cancel(idempotencyKey);
  }

  private async resultOf(jobId: string, lookAfterMs: number): Promise<StepResult> {
    const outcome = await this.jobs.outcome(jobId);
    if (!outcome) throw new StepFailure('job_lost', `the coordinator does not know job ${jobId}`, true);
    switch (outcome.state) {
      case 'QUEUED':
      case 'RUNNING':
        return this.waitFor(outcome, lookAfterMs);
      case 'COMPLETED':
        return completed(outcome);
      case 'FAILED':
        throw new StepFailure('job_failed', outcome.error ?? 'the job failed', true, jobCost(outcome));
      case 'EXPIRED':
        throw new StepFailure('job_expired', `no miner took job ${jobId} in time`, true);
      case 'CANCELED':
        throw new StepFailure('job_cancelled', `job ${jobId} was cancelled`, false);
    }
  }

  private waitFor({ jobId }: JobSnapshot, lookAfterMs: number): StepResult {
    return { suspend: { kind: 'job', ref: jobId, until: this.now() + lookAfterMs } };
  }

  /**
   * Turns the coordinator's answers into the step's: away means wait, refused means fail for good.
   * @param work gets how long the step waits for a job that runs, which is decided before the job is asked about: one that
   *   was seen running, and ends before the watch over jobs begins, is in no feed, and if its step's wait is stored after
   *   the watch has asked about all that wait, nobody would tell it
   */
  private async unlessAway(
    work: (lookAfterMs: number) => Promise<StepResult>,
    ref: string | null = null,
  ): Promise<StepResult> {
    const lookAfterMs = this.hearsEnds() ? LOOK_AGAIN_MS : LOOK_SOON_MS;
    try {
      const result = await work(lookAfterMs);
      this.outage.over();
      return result;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (!isAway(error)) throw new StepFailure('job_refused', describe(error), false);
      const until = this.outage.nextLook((error.retryAfterSeconds ?? 0) * 1_000);
      return { suspend: { kind: ref === null ? 'timer' : 'job', ref, until } };
    }
  }
}

function isAway({ code, definition }: AppError): boolean {
  return definition.family !== 'user' || NOT_THE_REQUESTS_FAULT.includes(code);
}

function describe({ detail, fields }: AppError): string {
  return fields.length === 0 ? detail : fields.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
}

function submissionOf({ step, execution, input, idempotencyKey, remainingBudget }: StepContext) {
  const serviceType = serviceTypeOf(step);
  if (serviceType === undefined) throw new StepFailure('bad_config', 'config.service_type is missing', false);
  return {
    serviceType,
    serviceRequest: { ...asObject(step.config['parameters']), ...requestOf(step.inputMappings === null, input) },
    constraints: constraintsOf(step.modelRequirements, remainingBudget),
    clientId: execution.ownerId,
    ...(execution.agentId === null ? {} : { agentId: execution.agentId }),
    executionId: execution.id,
    stepId: step.id,
    idempotencyKey,
  };
}

/** Without mappings the input is the whole expression scope; the request is then what the execution was given. */
function requestOf(unmapped: boolean, input: JsonValue): JsonObject {
  return asObject(unmapped ? asObject(input)['inputs'] : input);
}

/** What is left of the budget bounds the price, so that no job is begun that the execution cannot pay. */
function constraintsOf(requirements: JsonObject, remainingBudget: number | null): JobConstraints {
  const given = Object.fromEntries(
    CONSTRAINTS.flatMap((name) => (name in requirements ? [[name, requirements[name]]] : [])),
  );
  if (remainingBudget === null) return given;
  const { max_price: wanted } = requirements;
  const most = typeof wanted === 'number' ? Math.min(toUnits(wanted), remainingBudget) : remainingBudget;
  return { ...given, max_price: fromUnits(most) };
}

function completed(outcome: JobOutcome): StepResult {
  const { jobId, result, receiptId, receipt } = outcome;
  return {
    output: result as JsonValue,
    ...jobCost(outcome),
    metrics: { job_id: jobId, ...(receipt === undefined ? {} : { job_receipt: receipt }) },
    ...(receiptId === undefined ? {} : { jobReceiptId: receiptId }),
  };
}

/** What the miner's receipt says. */
function jobCost({ jobId, costUnits }: JobOutcome): StepCost {
  return { cost: costUnits, basis: { kind: 'job', jobId } };
}
