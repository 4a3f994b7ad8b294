import {
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepPlan,
  type StepResult,
} from '@aitbc/execution-engine';
import type { ExpressionPool } from '@aitbc/sandbox';
import { canonicalJson, sha256Hex } from '@aitbc/shared-core';
import type { JsonValue } from '@aitbc/shared-domain';
import { sandboxFailure } from './sandbox-failure';

const MAX_SHOWN_ERRORS = 5;

/**
 * `verification`: checks the mapped `subject` (the whole input when no mapping names one) against the JSON Schema
 * 2020-12 of `config.schema`, and against `config.sha256`, the hash of its canonical JSON, when there is one. The schema
 * is compiled and run in the pool of child processes: a `pattern` in it is as dangerous as any code.
 */
export class VerificationHandler implements StepHandler {
  constructor(private readonly pool: ExpressionPool) {}

  async run({ step, input, signal }: StepContext): Promise<StepResult> {
    const subject = subjectOf(step, input);
    const hash = sha256Hex(canonicalJson(subject));
    const expected = step.config['sha256'];
    if (expected !== undefined && expected !== hash) {
      throw new StepFailure('verification_failed', `the subject's SHA-256 is ${hash}, not the expected one`, false);
    }
    await this.checkSchema(step.config['schema'], subject, signal);
    return { output: { valid: true, sha256: hash }, cost: 0 };
  }

  private async checkSchema(schema: JsonValue | undefined, subject: JsonValue, signal: AbortSignal): Promise<void> {
    if (schema === undefined) throw new StepFailure('bad_config', 'config.schema is missing', false);
    const verdict = await this.pool.validateSchema(schema, subject, { signal }).catch((error: unknown) => {
      throw sandboxFailure(error);
    });
    if (verdict.valid) return;
    const shown = verdict.errors
      .slice(0, MAX_SHOWN_ERRORS)
      .map(({ pointer, message }) => `${pointer || '/'} ${message}`);
    throw new StepFailure('verification_failed', `the subject is not valid: ${shown.join('; ')}`, false);
  }
}

/** A mapped `subject` that selects nothing is null: what was not found must not pass for the whole input. */
function subjectOf({ inputMappings }: StepPlan, input: JsonValue): JsonValue {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  return inputMappings && 'subject' in inputMappings ? (input['subject'] ?? null) : input;
}
