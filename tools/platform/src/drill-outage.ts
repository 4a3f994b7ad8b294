import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Api, AGENT_API } from './api';
import { runDrill } from './drills/run-drill';
import { unlessAborted } from './interruption';
import { type AgentsPhase, agentsAway, faultsOfAgentsAway } from './outage/agents-away';
import { coordinatorAway, type CoordinatorAwayReport } from './outage/coordinator-away';
import { OutageServices } from './outage/outage-services';
import type { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
/** Twice what a frozen service costs the first who ask, and more. */
const LEAST_SECONDS = 6;
const USAGE = `usage: npm run drill:outage -- [--seconds N], at least ${LEAST_SECONDS}`;
const SHOWN_FAULTS = 20;
const SHOWN_LENGTH = 160;

/** `npm run drill:outage`: each service away in turn; true when nothing failed that need not. */
async function drill(seconds: number, progress: Progress, signal: AbortSignal): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-outage-'));
  const onLine = (app: string, line: string) => progress.keep(app, line);
  try {
    const services = await OutageServices.start({ dist: DIST, folder, onLine });
    try {
      const faults = await unlessAborted(signal, outages(services, seconds, progress));
      for (const fault of counted(faults).slice(0, SHOWN_FAULTS)) progress.show(`FAULT  ${fault}`);
      progress.say(faults.length === 0 ? 'Nothing failed.' : `${faults.length} faults.`);
      return faults.length === 0;
    } finally {
      await services.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function outages(services: OutageServices, seconds: number, progress: Progress): Promise<string[]> {
  const keys = await services.issueKeys();
  const client = new Api(services.urls, keys.client);
  const agentId = await activeAgent(client);
  const asked = { services, client, key: keys.client, seconds };
  progress.say(`agent-management goes away, killed and then frozen, for ${seconds} s each`);
  const onPhase = (phase: AgentsPhase) => showPhase(phase, progress);
  const faults = faultsOfAgentsAway(await agentsAway({ ...asked, agentId, onPhase }));
  services.startMiner(keys.miner);
  progress.say(`The coordinator goes away for ${seconds} s`);
  const report = await coordinatorAway(asked);
  showCoordinatorAway(report, progress);
  return [...faults, ...report.faults];
}

/** The same fault a thousand times is one line. */
function counted(faults: readonly string[]): string[] {
  const kinds = Map.groupBy(faults, (fault) => fault.slice(0, SHOWN_LENGTH));
  return [...kinds].map(([kind, all]) => `${all.length} × ${kind}`);
}

async function activeAgent(client: Api): Promise<string> {
  const { x: public_key } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const body = { public_key, capabilities: [] };
  const { agent } = await client.post<{ agent: { agent_id: string } }>(`${AGENT_API}/agents/register`, body);
  await client.post(`${AGENT_API}/agents/${agent.agent_id}/activate`);
  return agent.agent_id;
}

function showPhase({ phase, others, dependent }: AgentsPhase, progress: Progress): void {
  const [own, asking] = [others.tally, dependent.tally];
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const lines = [
    `${phase.padEnd(10)}  other routes     ${own.answered} answered, ${own.failures.length} failed, p50 ${ms(own.latency().p50)}, p99 ${ms(own.latency().p99)}`,
    `${''.padEnd(10)}  about agents     ${asking.answered} answered, ${asking.failures.length} failed, p99 ${ms(asking.latency().p99)}, ${dependent.fromDatabase} from the shared database`,
  ];
  progress.show(lines.join('\n'));
}

function showCoordinatorAway(report: CoordinatorAwayReport, progress: Progress): void {
  const { withoutJobs, withJobs, endedAfterMs, services } = report;
  progress.show(
    [
      `without jobs  ${withoutJobs.started} executions started meanwhile, ${withoutJobs.completed} completed meanwhile`,
      `with jobs     ${withJobs.started} executions, ${withJobs.waited} waited, ${withJobs.completed} completed, the last one ${endedAfterMs} ms after the coordinator was started`,
      `/services     ${services.status}, Retry-After: ${services.retryAfter ?? 'none'}`,
    ].join('\n'),
  );
}

function secondsOf(args: string[]): number {
  const { values } = parseArgs({ args, options: { seconds: { type: 'string' } } });
  const seconds = Number(values.seconds ?? 30);
  if (Number.isSafeInteger(seconds) && seconds >= LEAST_SECONDS) return seconds;
  throw new Error(USAGE);
}

runDrill((args, progress, signal) => drill(secondsOf(args), progress, signal));
