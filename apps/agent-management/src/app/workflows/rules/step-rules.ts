import { MAX_WAIT_SECONDS, readWaitFor } from '@aitbc/execution-engine';
import { type FieldError, pointerInto } from '@aitbc/shared-core';
import type { JsonValue } from '@aitbc/shared-domain';
import type { StepDefinition } from '../workflow-definition';
import { MAX_MAPPING_KEYS, MAX_STEP_JSON_BYTES } from '../workflow-limits';
import { configProblems } from './config-rules';

/** What is wrong with one step, beyond the shape of its fields; pointers are into the request. */
export function stepProblems(step: StepDefinition): FieldError[] {
  const pointer = pointerInto('/steps', step.id);
  const tooLarge = sizeProblems(step, pointer);
  return [
    ...tooLarge,
    ...mappingProblems(step, pointer),
    ...configProblems(step, pointer),
    ...waitProblems(step, pointer),
    ...retryProblems(step, pointer),
  ];
}

function sizeProblems(step: StepDefinition, pointer: string): FieldError[] {
  const parts: [string, JsonValue | Readonly<Record<string, JsonValue>>][] = [
    ['config', step.config],
    ['model_requirements', step.modelRequirements],
    ['input_mappings', step.inputMappings],
    ['output_mappings', step.outputMappings],
  ];
  return parts
    .filter(([, value]) => Buffer.byteLength(JSON.stringify(value)) > MAX_STEP_JSON_BYTES)
    .map(([field]) => ({
      pointer: `${pointer}/${field}`,
      message: `must be at most ${MAX_STEP_JSON_BYTES} bytes of JSON`,
    }));
}

function mappingProblems(step: StepDefinition, pointer: string): FieldError[] {
  const mappings = { input_mappings: step.inputMappings, output_mappings: step.outputMappings };
  return Object.entries(mappings)
    .filter(([, mapping]) => Object.keys(mapping ?? {}).length > MAX_MAPPING_KEYS)
    .map(([field]) => ({ pointer: `${pointer}/${field}`, message: `must have at most ${MAX_MAPPING_KEYS} keys` }));
}

function waitProblems(step: StepDefinition, pointer: string): FieldError[] {
  if (!Object.hasOwn(step.config, 'wait_for')) return [];
  if (readWaitFor(step.config['wait_for']) !== undefined) return [];
  const message = `must be {"signal": name}, {"seconds": 0..${MAX_WAIT_SECONDS}} or {"until": RFC 3339 time}`;
  return [{ pointer: `${pointer}/config/wait_for`, message }];
}

function retryProblems({ retryPolicy }: StepDefinition, pointer: string): FieldError[] {
  if (retryPolicy.maximum_interval_ms >= retryPolicy.initial_interval_ms) return [];
  const message = 'must not be less than initial_interval_ms';
  return [{ pointer: `${pointer}/retry_policy/maximum_interval_ms`, message }];
}
