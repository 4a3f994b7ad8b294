import { adoptedStep, type ExecutionState, type StepState } from '@aitbc/execution-engine';
import { canonicalJson, newId, validationFailed } from '@aitbc/shared-core';
import type { WorkflowVersion } from '../../workflows';

/** What a retry begins with. */
export interface Fork {
  /** The version that the other execution ran. */
  readonly ran: WorkflowVersion;
  /** The version to go on with. */
  readonly target: WorkflowVersion;
  readonly state: ExecutionState;
  readonly fromStep: string | undefined;
}

/**
 * The steps of an ended execution that a new one adopts: those that ended well, but for `fromStep` and what comes after
 * it. What is adopted must mean the same in both versions.
 * @throws AppError `validation_failed` when `fromStep` is unknown, or a step to be kept was changed between the versions
 */
export function adoptedSteps({ ran, target, state, fromStep }: Fork): StepState[] {
  if (fromStep !== undefined && !target.steps.some(({ id }) => id === fromStep)) {
    throw validationFailed([{ pointer: '/from_step', message: `the workflow has no step '${fromStep}'` }]);
  }
  const again = fromStep === undefined ? new Set<string>() : withDependents(fromStep, target);
  const ended = [...state.steps.values()].filter(({ status }) => status === 'completed' || status === 'skipped');
  const kept = ended.filter(({ stepId }) => !again.has(stepId));
  const changed = ran === target ? [] : kept.filter(({ stepId }) => meaning(ran, stepId) !== meaning(target, stepId));
  if (changed.length > 0) {
    const names = changed.map(({ stepId }) => `'${stepId}'`).join(', ');
    const message = `version ${target.version} changes steps that would be kept: ${names}; name an earlier from_step`;
    throw validationFailed([{ pointer: '/version', message }]);
  }
  return kept.map((step) => adoptedStep(step, state.id, newId('step_exec')));
}

/** A step and every step that depends on it, directly or not. */
function withDependents(first: string, { steps, dependencies }: WorkflowVersion): Set<string> {
  const found = new Set([first]);
  // Steps come in any order, so it is repeated until a pass finds no more.
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const { id } of steps) {
      if ((dependencies[id] ?? []).some((parent) => found.has(parent))) found.add(id);
    }
  }
  return found;
}

/** All that decides what a step gives: its definition, and what it depends on. */
function meaning({ steps, dependencies }: WorkflowVersion, stepId: string): string | undefined {
  const step = steps.find(({ id }) => id === stepId);
  if (!step) return undefined;
  const { stepType, config, modelRequirements, inputMappings, outputMappings, when } = step;
  const parents = Object.hasOwn(dependencies, stepId) ? [...(dependencies[stepId] ?? [])].sort() : [];
  return canonicalJson({ stepType, config, modelRequirements, inputMappings, outputMappings, when, parents });
}
