import { openDatabase } from '@aitbc/shared-core';
import { waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../api';
import type { ServiceName } from '../child-app';
import { freePort } from '../free-port';
import { issueKeys } from '../keys';
import { TestBed } from '../testing/test-bed';
import { EffectLog } from './effect-log';
import { EffectServer, MODEL } from './effect-server';
import { ExecutionLoad } from './execution-load';
import { PatientClient } from './patient-client';
import { debugPoints } from './kill-plan';
import { MachineWatch } from './machine-watch';
import { openWork, readRows } from './read-record';
import type { Fault, RunRecord } from './run-record';
import { Victim } from './victim';

/** How long after the last fault everything must have come to its end. */
const RECOVERY_MS = 60_000;
/** A busy machine makes no process wait as long as that, less the third at which it renews. */
export const LEASE_MS = 5_000;

/** Real processes under a load of executions, a miner, and the place where their effects are recorded. */
export class CrashRun {
  private readonly faults: Fault[] = [];
  private readonly machine = new MachineWatch(this.faults);
  private readonly victims: Victim[] = [];
  private client: PatientClient | undefined;
  private load: ExecutionLoad | undefined;

  private constructor(
    private readonly bed: TestBed,
    private readonly databaseUrl: string,
    private readonly ports: Readonly<Record<ServiceName, string>>,
    private readonly log: EffectLog,
    private readonly effects: EffectServer,
  ) {}

  /** @param databaseUrl a new SQLite file by default */
  static async open(databaseUrl?: string): Promise<CrashRun> {
    const bed = new TestBed();
    const log = await EffectLog.open(bed.folder.file('effects.db'));
    const url = databaseUrl ?? `sqlite:${bed.folder.file('coordinator.db')}`;
    // Each service is told where the other one is before that was started.
    const ports = { 'coordinator-api': String(await freePort()), 'agent-management': String(await freePort()) };
    return new CrashRun(bed, url, ports, log, await EffectServer.start(log));
  }

  /** Starts another process of a service on the database: one that serves is where others look for that service. */
  async process(service: ServiceName, role: 'all' | 'api' | 'worker'): Promise<Victim> {
    const variables = {
      ROLE: role,
      COORDINATOR_URL: this.urlOf('coordinator-api'),
      AGENT_MANAGEMENT_URL: this.urlOf('agent-management'),
      DATABASE_URL: this.databaseUrl,
      BOOTSTRAP_ADMIN_KEY: this.bed.adminKey,
      RATE_LIMIT_PER_SECOND: '0',
      LEASE_SECONDS: String(LEASE_MS / 1_000),
      JOB_LEASE_SECONDS: '5',
      ...this.inference(),
    };
    const port = role === 'worker' ? String(await freePort()) : this.ports[service];
    const victim = new Victim(this.bed, service, port, variables, this.faults);
    this.victims.push(victim);
    await victim.start();
    return victim;
  }

  /** Puts the load on, with a miner for its jobs. */
  async begin(): Promise<void> {
    const url = this.urlOf('coordinator-api');
    const admin = new Api(url, this.bed.adminKey);
    const keys = await issueKeys(admin);
    await this.bed.miner({ url, keys, admin }, 'miner', { MINER_CONCURRENCY: '8', ...this.inference() });
    this.client = new PatientClient(this.urlOf('agent-management'), keys.client);
    this.load = new ExecutionLoad(this.client);
    await this.load.begin();
  }

  debugPoints(): Promise<string[]> {
    return debugPoints(this.bed);
  }

  /** Does something to the database, and keeps it for a fault. */
  async databaseFault(work: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await work();
    this.faults.push({ kind: 'database', from, until: Date.now() });
  }

  /** Ends the load after the last fault, waits until all has come to its end, or should have, and tells what is left. */
  async finish(): Promise<RunRecord> {
    const { load } = this;
    if (!load) throw new Error('the run was not begun');
    const lastFault = Math.max(...this.faults.map(({ until }) => until));
    await load.stop();
    const db = await openDatabase({ url: this.databaseUrl, entities: [], migrations: [] });
    try {
      // What is open after that time the rules find in the record.
      await waitFor(async () => Object.values(await openWork(db)).every((open) => open === 0), {
        timeoutMs: lastFault + RECOVERY_MS - Date.now(),
        everyMs: 250,
      }).catch(() => undefined);
      const recoveryMs = Date.now() - lastFault;
      const rows = await readRows(db);
      // What was started last needs what was there before.
      for (const victim of this.victims.toReversed()) await victim.stop();
      const effects = await this.log.all();
      return { ...rows, acknowledged: load.acknowledged, effects, faults: this.faults, recoveryMs };
    } finally {
      await db.close();
    }
  }

  /** Ends all, whatever happened. */
  async close(): Promise<void> {
    this.machine.stop();
    this.client?.close();
    await this.bed.close();
    await this.effects.close();
    await this.log.close();
  }

  private urlOf(service: ServiceName): string {
    return `http://127.0.0.1:${this.ports[service]}`;
  }

  private inference(): Record<string, string> {
    return { INFERENCE_BASE_URL: this.effects.url, INFERENCE_MODELS: MODEL };
  }
}
