import type { ReceiptCheck } from '@aitbc/receipts';
import type { JsonValue } from '@aitbc/shared-domain';
import type { ExecutionWithVersion } from '../executions';
import { check } from './execution-checks';

/** Checks a value against a JSON Schema 2020-12 outside the service's process. */
export interface SchemaValidator {
  validateSchema(schema: unknown, value: unknown): Promise<{ readonly valid: boolean }>;
}

/** Checks each output against the `config.output_schema` of its step, where the author gave one. */
export async function outputSchemaCheck(
  found: ExecutionWithVersion,
  validator: SchemaValidator,
): Promise<ReceiptCheck> {
  const outputs = new Map(found.record.steps.map(({ stepId, output }) => [stepId, output]));
  const withSchema = found.version.steps.filter(({ id, config }) => 'output_schema' in config && outputs.get(id));
  for (const { id, config } of withSchema) {
    const value = JSON.parse(outputs.get(id) ?? 'null') as JsonValue;
    const valid = await validator.validateSchema(config['output_schema'], value).then(
      (verdict) => verdict.valid,
      () => false,
    );
    if (!valid) return check('output_schema', false, `the output of step '${id}' does not fit its output_schema`);
  }
  return check('output_schema', true, `${withSchema.length} outputs with a schema fit it`);
}
