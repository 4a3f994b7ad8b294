import type { Scenario } from '../scenario';
import { backup } from './backup.scenario';
import { bombs } from './bombs.scenario';
import { chain, executionLatency, executions, parallel } from './executions.scenario';
import { executionsPostgres } from './executions-postgres.scenario';
import { expressGet } from './express-get.scenario';
import { history } from './history.scenario';
import { idleMemory, start } from './process.scenario';
import { health, workflowCreate, workflowGet } from './requests.scenario';
import { restart } from './restart.scenario';
import { sqliteRead, sqliteRows } from './sqlite.scenario';
import { tracing } from './tracing.scenario';
import { twoWriters } from './two-writers.scenario';
import { waiting } from './waiting.scenario';
import { ways } from './ways.scenario';
import { workflowList } from './workflow-list.scenario';

/** Every scenario, in the order in which they are measured and reported. */
export const scenarios: readonly Scenario[] = [
  expressGet,
  sqliteRead,
  sqliteRows,
  tracing,
  start,
  restart,
  idleMemory,
  health,
  workflowGet,
  workflowCreate,
  workflowList,
  executions,
  twoWriters,
  executionsPostgres,
  executionLatency,
  chain,
  parallel,
  history,
  waiting,
  bombs,
  ways,
  backup,
];
