import type { Schemas } from '@aitbc/agent-client';
import { type Command, InvalidArgumentError } from 'commander';
import type { AgentCalls } from '../api/agent-calls';
import { type InputFlags, readInputs } from '../input/inputs';
import { applyWorkflow, isFileName, readWorkflowFile } from '../input/workflow-file';
import type { OpenSession, Session } from '../session';
import { showEnd, watchExecution } from '../watch-execution';
import { choice, wholeNumber, withInputs } from './options';

type Level = Schemas['Execution']['verification_level'];

const LEVELS: readonly Level[] = ['basic', 'full', 'zero-knowledge'];

interface RunFlags extends InputFlags {
  readonly agent?: string;
  readonly wait?: boolean;
  readonly workflowVersion?: number;
  readonly verification?: Level;
  readonly maxTime?: number;
  readonly maxCost?: number;
}

/** `aitbc workflows run` */
export function addRunCommand(workflows: Command, open: OpenSession): void {
  withInputs(workflows.command('run <workflow-or-file>'))
    .description('run a workflow, by its id or from a file, which is applied first')
    .option('--agent <agent>', 'for which of your agents; it must be active')
    .option('-w, --wait', 'show how it goes on, and its result')
    .option('--workflow-version <number>', 'which version; default: the current one', wholeNumber(1, 2_147_483_647))
    .addOption(choice('--verification <level>', 'how its end is checked', LEVELS))
    .option('--max-time <seconds>', 'end it after this time', wholeNumber(1, 604_800))
    .option('--max-cost <coins>', 'end it rather than to spend more; 0 is no limit', coins)
    .action((target: string, flags: RunFlags, command: Command) => run(open(command), target, flags));
}

async function run(session: Session, target: string, flags: RunFlags): Promise<void> {
  const agents = session.agents();
  // Whatever is wrong with the inputs should show before anything is stored.
  const body = requestOf(flags);
  const workflowId = isFileName(target) ? await applied(session, agents, target) : target;
  const started = await agents.execute(workflowId, body);
  const { execution_id: id } = started;
  if (flags.wait !== true) return session.out.result(started, () => id);
  session.out.note(`Execution ${id}`);
  showEnd(session, await watchExecution(session, id));
}

async function applied({ out }: Session, agents: AgentCalls, path: string): Promise<string> {
  const { id, version } = await applyWorkflow(agents, readWorkflowFile(path));
  out.note(`Workflow ${id}, version ${version}`);
  return id;
}

function requestOf(flags: RunFlags): Schemas['ExecuteRequest'] {
  return {
    inputs: readInputs(flags) ?? {},
    agent_id: flags.agent,
    version: flags.workflowVersion,
    verification_level: flags.verification,
    max_execution_time: flags.maxTime,
    max_cost_budget: flags.maxCost,
  };
}

function coins(text: string): number {
  if (/^\d{1,9}(\.\d{1,8})?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be an amount with at most 8 decimals.');
}
