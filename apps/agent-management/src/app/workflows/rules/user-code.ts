import { pointerInto } from '@aitbc/shared-core';
import type { JsonObject, JsonValue } from '@aitbc/shared-domain';
import type { StepDefinition, WorkflowDefinition } from '../workflow-definition';

/** A part of a workflow that its author wrote in a language of its own, with the JSON Pointer to it. */
export interface UserCode<T> {
  readonly pointer: string;
  readonly source: T;
}

/** An expression with what it is evaluated for. */
export interface UserExpression extends UserCode<string> {
  /** The step that it belongs to; `undefined` for `outputs`. */
  readonly step: StepDefinition | undefined;
  /** `config.expression`, which has variables too, and whose root may be the mapped input. */
  readonly isConfig: boolean;
}

/** Every JSONata expression of a definition: mappings, `when`, `config.expression` and `outputs`. */
export function expressionsOf({ steps, outputs }: WorkflowDefinition): UserExpression[] {
  return [...steps.flatMap(stepExpressions), ...mappingExpressions(outputs, '/outputs', undefined)];
}

/** The code of its `custom` steps. */
export function codeOf({ steps }: WorkflowDefinition): UserCode<string>[] {
  return steps.flatMap(({ id, stepType, config }) => {
    const source = config['code'];
    return stepType === 'custom' && typeof source === 'string' ? [{ pointer: configPointer(id, 'code'), source }] : [];
  });
}

/** The JSON Schemas of its `verification` steps. */
export function schemasOf({ steps }: WorkflowDefinition): UserCode<JsonObject>[] {
  return steps.flatMap(({ id, stepType, config }) => {
    const source = config['schema'];
    if (stepType !== 'verification' || typeof source !== 'object' || source === null || Array.isArray(source))
      return [];
    return [{ pointer: configPointer(id, 'schema'), source }];
  });
}

function stepExpressions(step: StepDefinition): UserExpression[] {
  const pointer = pointerInto('/steps', step.id);
  const expression = step.stepType === 'data_processing' ? step.config['expression'] : undefined;
  return [
    ...(typeof expression === 'string'
      ? [{ pointer: `${pointer}/config/expression`, source: expression, step, isConfig: true }]
      : []),
    ...(step.when === null ? [] : [{ pointer: `${pointer}/when`, source: step.when, step, isConfig: false }]),
    ...mappingExpressions(step.inputMappings, `${pointer}/input_mappings`, step),
    ...mappingExpressions(step.outputMappings, `${pointer}/output_mappings`, step),
  ];
}

/** Only texts at the top of a mapping are expressions; those inside other values are part of the value. */
function mappingExpressions(
  mapping: Readonly<Record<string, JsonValue>> | null,
  pointer: string,
  step: StepDefinition | undefined,
): UserExpression[] {
  return Object.entries(mapping ?? {}).flatMap(([key, source]) =>
    typeof source === 'string' ? [{ pointer: pointerInto(pointer, key), source, step, isConfig: false }] : [],
  );
}

function configPointer(id: string, field: string): string {
  return `${pointerInto('/steps', id)}/config/${field}`;
}
