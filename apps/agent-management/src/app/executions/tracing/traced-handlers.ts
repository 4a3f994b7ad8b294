import type { StepContext, StepHandler, StepHandlers } from '@aitbc/execution-engine';
import { traceFields, withLogContext } from '@aitbc/shared-core';
import { attemptTrace } from './execution-trace';

/** Lets handlers work as a part of their attempt's span: jobs, requests and log lines of theirs belong to it. */
export function tracedHandlers(handlers: StepHandlers): StepHandlers {
  return Object.fromEntries(Object.entries(handlers).map(([type, handler]) => [type, traced(handler)]));
}

/** What a handler cannot do, the traced one cannot either: the engine asks by looking. */
function traced(handler: StepHandler): StepHandler {
  const estimate = handler.estimate?.bind(handler);
  const resume = handler.resume?.bind(handler);
  const release = handler.release?.bind(handler);
  return {
    run: (context) => inAttempt(context, () => handler.run(context)),
    ...(estimate && { estimate }),
    ...(resume && { resume: (context, wait) => inAttempt(context, () => resume(context, wait)) }),
    ...(release && { release }),
  };
}

function inAttempt<T>({ execution, step, attempt }: StepContext, work: () => T): T {
  return withLogContext({ step_id: step.id, ...traceFields(attemptTrace(execution, step.id, attempt)) }, work);
}
