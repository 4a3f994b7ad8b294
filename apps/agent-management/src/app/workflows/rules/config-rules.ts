import type { FieldError } from '@aitbc/shared-core';
import type { JsonValue, StepType } from '@aitbc/shared-domain';
import type { StepDefinition } from '../workflow-definition';
import {
  DEFAULT_INFERENCE_SERVICE,
  DEFAULT_MODEL_PROVIDER,
  MODEL_PROVIDERS,
  type ModelProvider,
} from '../workflow-limits';

type Rule = (step: StepDefinition) => FieldError[];

const RULES: Readonly<Record<StepType, Rule>> = {
  // A step that only waits needs no expression: what it waited for is its output.
  data_processing: ({ config }) =>
    need(
      isString(config['expression']) || (config['expression'] === undefined && Object.hasOwn(config, 'wait_for')),
      'config/expression',
      'must be a JSONata expression',
    ),
  custom: ({ config }) => need(isString(config['code']), 'config/code', 'must be the source of an ES module'),
  verification: ({ config }) => [
    ...need(isObject(config['schema']), 'config/schema', 'must be a JSON Schema (an object)'),
    ...need(config['sha256'] === undefined || isSha256(config['sha256']), 'config/sha256', SHA256),
  ],
  inference: modelRules,
  training: modelRules,
};

const SHA256 = 'must be a SHA-256 in lower-case hexadecimal';
const SERVICE = 'must be the name of a kind of coordinator job, such as llm_inference';
const SERVICE_NAME = /^[a-z][a-z0-9_]{0,63}$/;

/** What is missing from, or wrong in, what the step's type asks for. */
export function configProblems(step: StepDefinition, pointer: string): FieldError[] {
  return RULES[step.stepType](step).map((problem) => ({ ...problem, pointer: `${pointer}/${problem.pointer}` }));
}

/** Who does the work of an `inference` or `training` step; `undefined` when it names nobody we know. */
export function providerOf({
  modelRequirements,
}: Pick<StepDefinition, 'modelRequirements'>): ModelProvider | undefined {
  const { provider = DEFAULT_MODEL_PROVIDER } = modelRequirements;
  return MODEL_PROVIDERS.find((known) => known === provider);
}

/**
 * The kind of coordinator job that the step submits. Training has no default: there is no kind that every miner would
 * understand as training.
 */
export function serviceTypeOf({ stepType, config }: Pick<StepDefinition, 'stepType' | 'config'>): string | undefined {
  const named = config['service_type'];
  if (named !== undefined) return typeof named === 'string' && SERVICE_NAME.test(named) ? named : undefined;
  return stepType === 'inference' ? DEFAULT_INFERENCE_SERVICE : undefined;
}

function modelRules(step: StepDefinition): FieldError[] {
  const provider = providerOf(step);
  const { config, modelRequirements } = step;
  const parameters = need(optional(config['parameters'], isObject), 'config/parameters', 'must be an object');
  if (provider === undefined) {
    return [
      ...parameters,
      ...need(false, 'model_requirements/provider', `must be one of ${MODEL_PROVIDERS.join(', ')}`),
    ];
  }
  if (provider === 'openai') {
    return [
      ...parameters,
      ...need(isName(modelRequirements['model']), 'model_requirements/model', 'must name a model'),
    ];
  }
  return [...parameters, ...need(serviceTypeOf(step) !== undefined, 'config/service_type', SERVICE)];
}

function need(holds: boolean, pointer: string, message: string): FieldError[] {
  return holds ? [] : [{ pointer, message }];
}

function optional(value: JsonValue | undefined, test: (value: JsonValue) => boolean): boolean {
  return value === undefined || test(value);
}

/** Whether it is any code at all is for the checkers to say. */
function isString(value: JsonValue | undefined): value is string {
  return typeof value === 'string';
}

function isName(value: JsonValue | undefined): boolean {
  return isString(value) && value.trim() !== '' && value.length <= 200;
}

function isObject(value: JsonValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSha256(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
