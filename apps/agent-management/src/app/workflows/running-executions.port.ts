/**
 * What the workflows must know of executions, which build upon them. Both calls are made inside the unit of work that
 * deletes the workflow and must join it: database work only, with wake-ups of workers left to `afterCommit`. So no
 * execution can begin between the count and the deletion.
 */
export interface RunningExecutions {
  /** How many executions of any version of the workflow have not ended. */
  count(workflowId: string): Promise<number>;
  /** Cancels all of them. */
  cancelAll(workflowId: string): Promise<void>;
}
