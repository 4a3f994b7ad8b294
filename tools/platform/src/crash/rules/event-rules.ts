import { type EventRow, FINAL, groupBy, type Rule, stepHistories } from '../run-record';

const STATUS_AFTER: Readonly<Record<string, string>> = {
  'step.started': 'running',
  'step.restarted': 'running',
  'step.waiting': 'waiting',
  'step.retrying': 'waiting',
  'step.awaited': 'waiting',
  'step.skipped': 'skipped',
  'step.completed': 'completed',
  'step.failed': 'failed',
};

const terminalOf = (events: readonly EventRow[]) =>
  events.filter(({ type }) => FINAL.includes(type.replace('execution.', '')));

/** The events of each execution are numbered 1..n, and n is the counter of its row. */
export const noGapInEvents: Rule = ({ executions, events }) => {
  const byExecution = groupBy(events, ({ execution_id: id }) => id);
  return executions.flatMap(({ id, event_seq: counter }) => {
    const numbers = (byExecution.get(id) ?? []).map(({ seq }) => seq);
    const expected = Array.from({ length: counter }, (_, index) => index + 1);
    return numbers.join() === expected.join() ? [] : [`${id} has events ${numbers.join()} and counts ${counter}`];
  });
};

/** An execution ends once, with its last event, which says what its row says. */
export const oneEnd: Rule = ({ executions, events }) => {
  const byExecution = groupBy(events, ({ execution_id: id }) => id);
  return executions
    .filter(({ status }) => FINAL.includes(status))
    .flatMap(({ id, status }) => {
      const history = byExecution.get(id) ?? [];
      const ends = terminalOf(history).map(({ type }) => type);
      const right =
        ends.length === 1 && history.at(-1)?.type === `execution.${status}` && ends[0] === `execution.${status}`;
      return right ? [] : [`${id} is ${status} with the ends [${ends.join()}]`];
    });
};

/** After its completion a step neither runs nor completes again. */
export const committedStepsRest: Rule = (record) =>
  [...stepHistories(record)].flatMap(([step, history]) => {
    const completed = history.findIndex(({ type }) => type === 'step.completed');
    const after = completed < 0 ? [] : history.slice(completed + 1).map(({ type }) => type);
    return after.length === 0 ? [] : [`${step} was completed, and then came ${after.join()}`];
  });

/** The row of each step is what its events tell, and each step with events has a row. */
export const stepsAgreeWithEvents: Rule = (record) => {
  const histories = stepHistories(record);
  const rows = new Map(record.steps.map((step) => [`${step.execution_id}:${step.step_id}`, step]));
  const wrong = [...rows].flatMap(([key, { status, attempt }]) => {
    const history = histories.get(key) ?? [];
    const told = STATUS_AFTER[history.at(-1)?.type ?? ''];
    const attempts = Math.max(0, ...history.map(({ attempt: number }) => number ?? 0));
    // That a step is cancelled with its execution is told by the event of the execution alone.
    if ((status === told || status === 'cancelled') && attempt === attempts) return [];
    return [
      `${key} is ${status} in attempt ${attempt}, and its events tell ${told ?? 'nothing'} in attempt ${attempts}`,
    ];
  });
  const rowless = [...histories.keys()].filter((key) => !rows.has(key)).map((key) => `${key} has events and no row`);
  return [...wrong, ...rowless];
};

/** The counter of completed steps is the number of those that have ended well. */
export const countsAgree: Rule = ({ executions, steps }) => {
  const ended = groupBy(
    steps.filter(({ status }) => status === 'completed' || status === 'skipped'),
    ({ execution_id: id }) => id,
  );
  return executions.flatMap(({ id, completed_steps: counted }) => {
    const really = ended.get(id)?.length ?? 0;
    return counted === really ? [] : [`${id} counts ${counted} completed steps of ${really}`];
  });
};

/** A signal ends one wait only. */
export const signalsTakenOnce: Rule = ({ events }) => {
  const taken = events.flatMap(({ signal_id: id }) => (id === null ? [] : [id]));
  return [...groupBy(taken, (id) => id)]
    .filter(([, times]) => times.length > 1)
    .map(([id, times]) => `signal ${id} was taken ${times.length} times`);
};
