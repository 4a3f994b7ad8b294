import { ancestorsOf } from '@aitbc/execution-engine';
import type { FieldError } from '@aitbc/shared-core';
import type { WorkflowDefinition } from '../workflow-definition';
import type { UserExpression } from './user-code';

/**
 * Where an expression names a step that it does not see: those of a step see the steps that it depends on, directly or
 * not; `outputs` sees every step. Such a name selects nothing. It is no error, since the author may mean just that.
 * @param paths those that the expression reads, for each of `expressions`
 */
export function unseenSteps(
  definition: WorkflowDefinition,
  expressions: readonly UserExpression[],
  paths: readonly (readonly string[][])[],
): FieldError[] {
  const all = new Set(definition.steps.map(({ id }) => id));
  const ancestors = ancestorsOf(new Map(Object.entries(definition.dependencies)));
  return expressions.flatMap((expression, index) => {
    const { step, pointer } = expression;
    const seen = step === undefined ? all : (ancestors.get(step.id) ?? new Set());
    const unseen = stepsIn(expression, paths[index] ?? []).filter((id) => !seen.has(id));
    return unseen.map((id) => ({ pointer, message: messageFor(id, step?.id, all) }));
  });
}

/** The ids that follow `steps` or `$steps`, each once. */
function stepsIn({ step, isConfig }: UserExpression, paths: readonly string[][]): string[] {
  // With mappings its root is the mapped input, in which `steps` is whatever the author has put there.
  const readsRoot = !isConfig || step?.inputMappings === null;
  const ids = paths.flatMap(([first, id]) => {
    const leadsToSteps = first === '$steps' ? isConfig : first === 'steps' && readsRoot;
    return leadsToSteps && id !== undefined ? [id] : [];
  });
  return [...new Set(ids)];
}

function messageFor(id: string, of: string | undefined, all: ReadonlySet<string>): string {
  if (!all.has(id)) return `reads the step '${id}', which is not there: it selects nothing`;
  if (id === of) return `reads the step '${id}' itself, which it does not see: it selects nothing`;
  return `reads the step '${id}', on which '${of}' does not depend: it selects nothing`;
}
