import { type FieldError, pointerInto } from '@aitbc/shared-core';
import { findCycle, type JsonObject, type JsonValue } from '@aitbc/shared-domain';

/**
 * What is wrong with `dependencies`: lists of ids of known steps, none twice, none its own, no circle. A circle is looked
 * for only when all else is well, since it could not be told apart from what the other faults make.
 */
export function dependencyProblems(stepIds: readonly string[], dependencies: JsonObject): FieldError[] {
  const known = new Set(stepIds);
  const problems = Object.entries(dependencies).flatMap(([id, needs]) => {
    const pointer = pointerInto('/dependencies', id);
    if (!known.has(id)) return [{ pointer, message: `there is no step '${id}'` }];
    return listProblems(id, needs, pointer, known);
  });
  return problems.length > 0 ? problems : cycleProblems(stepIds, dependencies as Record<string, string[]>);
}

function listProblems(id: string, needs: JsonValue, pointer: string, known: ReadonlySet<string>): FieldError[] {
  if (!Array.isArray(needs)) return [{ pointer, message: 'must be a list of step ids' }];
  return needs.flatMap((needed, index) => {
    const message = problemOfOne(id, needed, needs.indexOf(needed) < index, known);
    return message === undefined ? [] : [{ pointer: pointerInto(pointer, index), message }];
  });
}

function problemOfOne(
  id: string,
  needed: JsonValue,
  repeated: boolean,
  known: ReadonlySet<string>,
): string | undefined {
  if (typeof needed !== 'string') return 'must be the id of a step';
  if (needed === id) return `step '${id}' cannot depend on itself`;
  if (!known.has(needed)) return `there is no step '${needed}'`;
  return repeated ? `'${needed}' is named twice` : undefined;
}

function cycleProblems(stepIds: readonly string[], dependencies: Record<string, string[]>): FieldError[] {
  const cycle = findCycle({ stepIds, dependencies });
  if (!cycle) return [];
  const circle = [...cycle, ...cycle.slice(0, 1)].join(' → ');
  return [{ pointer: '/dependencies', message: `steps depend on each other in a circle: ${circle}` }];
}
