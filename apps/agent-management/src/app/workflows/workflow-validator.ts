import type { FieldError } from '@aitbc/shared-core';
import { criticalPath, executionOrder, findCycle } from '@aitbc/shared-domain';
import type { SyntaxProblem, WorkflowCheckers } from './checkers.port';
import { definitionFrom } from './definition-from-request';
import { dependencyProblems } from './rules/dependency-rules';
import { outputProblems } from './rules/output-rules';
import { stepProblems } from './rules/step-rules';
import { unseenSteps } from './rules/unseen-steps';
import { codeOf, expressionsOf, schemasOf, type UserCode } from './rules/user-code';
import { verificationProblems } from './rules/verification-rules';
import { graphOf, type WorkflowDefinition } from './workflow-definition';
import { MAX_EXPRESSION_LENGTH } from './workflow-limits';
import type { WorkflowDto } from './workflow.dto';

/** A definition with all that is wrong with it; nothing when it may be stored. */
export interface CheckedWorkflow {
  readonly definition: WorkflowDefinition;
  readonly problems: readonly FieldError[];
}

/** A definition with what is wrong with it, and how it would run. */
export interface JudgedWorkflow extends CheckedWorkflow {
  /** What is allowed and yet most likely a mistake. */
  readonly warnings: readonly FieldError[];
  /** `undefined` when the dependencies make no sound graph. */
  readonly schedule: WorkflowSchedule | undefined;
}

/** How the steps of a sound graph would run. */
export interface WorkflowSchedule {
  readonly executionOrder: readonly string[];
  /** The chain of dependent steps with the greatest sum of `timeout_seconds`. */
  readonly criticalPath: readonly string[];
  readonly criticalPathSeconds: number;
}

/** All checks that a workflow must pass before it is stored, beyond the shape of its fields. It stores nothing itself. */
export class WorkflowValidator {
  constructor(private readonly checkers: WorkflowCheckers) {}

  async check(request: WorkflowDto): Promise<CheckedWorkflow> {
    const definition = definitionFrom(request);
    const stepIds = definition.steps.map(({ id }) => id);
    const problems = [
      ...dependencyProblems(stepIds, request.dependencies),
      ...outputProblems(request.outputs ?? {}),
      ...verificationProblems(definition, this.checkers.prover),
      ...definition.steps.flatMap(stepProblems),
      ...(await this.expressionProblems(definition)),
      ...(await problemsOf(codeOf(definition), (code) => this.checkers.code.check(code))),
      ...(await problemsOf(schemasOf(definition), (schema) => this.checkers.schemas.check(schema))),
    ];
    return { definition, problems };
  }

  /** All that can be said of a workflow before it is stored. */
  async judge(request: WorkflowDto): Promise<JudgedWorkflow> {
    const checked = await this.check(request);
    const { definition, problems } = checked;
    const graphIsBroken = problems.some(({ pointer }) => pointer.startsWith('/dependencies'));
    if (graphIsBroken) return { ...checked, warnings: [], schedule: undefined };
    return { ...checked, warnings: await this.warnings(definition), schedule: scheduleOf(definition) };
  }

  private async warnings(definition: WorkflowDefinition): Promise<FieldError[]> {
    const expressions = expressionsOf(definition).filter(({ source }) => source.length <= MAX_EXPRESSION_LENGTH);
    if (expressions.length === 0) return [];
    const paths = await this.checkers.expressions.paths(expressions.map(({ source }) => source));
    return unseenSteps(definition, expressions, paths);
  }

  private async expressionProblems(definition: WorkflowDefinition): Promise<FieldError[]> {
    const all = expressionsOf(definition);
    const tooLong = all.filter(({ source }) => source.length > MAX_EXPRESSION_LENGTH);
    const checked = all.filter(({ source }) => source.length <= MAX_EXPRESSION_LENGTH);
    const results = checked.length === 0 ? [] : await this.checkers.expressions.check(checked.map((e) => e.source));
    const message = `must be at most ${MAX_EXPRESSION_LENGTH} characters`;
    return [
      ...tooLong.map(({ pointer }) => ({ pointer, message })),
      ...checked.flatMap(({ pointer }, index) => syntaxProblem(pointer, results[index])),
    ];
  }
}

/** `undefined` when the dependencies make no sound graph. */
export function scheduleOf(definition: WorkflowDefinition): WorkflowSchedule | undefined {
  const graph = graphOf(definition);
  if (findCycle(graph)) return undefined;
  const seconds = new Map(definition.steps.map((step) => [step.id, step.timeoutSeconds]));
  const path = criticalPath(graph, (id) => seconds.get(id) ?? 0);
  return { executionOrder: executionOrder(graph), criticalPath: path.steps, criticalPathSeconds: path.length };
}

function syntaxProblem(pointer: string, problem: SyntaxProblem | undefined): FieldError[] {
  if (!problem) return [];
  const place = problem.position === undefined ? '' : ` (at character ${problem.position})`;
  return [{ pointer, message: `is not a valid JSONata expression: ${problem.message}${place}` }];
}

/** One after another: each check may take a sandbox, and one request must not take them all. */
async function problemsOf<T>(
  sources: readonly UserCode<T>[],
  check: (source: T) => Promise<string | undefined>,
): Promise<FieldError[]> {
  const problems: FieldError[] = [];
  for (const { pointer, source } of sources) {
    const message = await check(source);
    if (message !== undefined) problems.push({ pointer, message });
  }
  return problems;
}
