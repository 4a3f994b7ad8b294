import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPostgres } from '@aitbc/shared-core/testing';
import { freePort } from '../../../free-port';
import { Router } from '../../../routing/router';
import { renamed, tamperingProxy } from '../../../testing/tampering-proxy';
import {
  type Callers,
  type LaunchedApp,
  type LaunchedCoordinator,
  type LaunchedService,
  TestBed,
} from '../../../testing/test-bed';
import { BackgroundProcess } from './background-process';
import { ROOT } from './deployed';
import { MODEL, OutsideWorld } from './outside-world';
import { Prometheus } from './prometheus';

/** Executions that a process of agent-management runs at once. */
export const WORKER_ROOM = 16;
/** Tokens of one process are taken by the others under one issuer only. */
const COMMON = { ISSUER_URL: 'http://platform.test' };

/** What `backup` leaves for node_exporter. */
export interface BackupReport {
  readonly succeededAt: Date;
  readonly exitCode: number;
}

/** A platform as it is deployed, down to nginx and node_exporter, and a Prometheus that watches it. */
export class WatchedPlatform {
  readonly bed = new TestBed();
  coordinator: LaunchedCoordinator;
  agents: LaunchedService;
  /** Another process of agent-management, on the same database. */
  second: LaunchedService;
  /** Stands for the release of before the extraction, which takes a minute to build: today's coordinator in its place. */
  monolith: LaunchedService;
  /** A coordinator that agent-management does not know, nor it that one, on a PostgreSQL of its own. */
  stranger: LaunchedCoordinator;
  miner: LaunchedApp;
  router: Router;
  outside: OutsideWorld;
  prometheus: Prometheus;
  /** Whether what the shadow compares differs. */
  differs = false;
  private shadowUrl: string;
  private readonly endings: (() => Promise<unknown>)[] = [];

  private constructor() {}

  static async start(): Promise<WatchedPlatform> {
    const platform = new WatchedPlatform();
    try {
      await platform.startAll();
      return platform;
    } catch (error) {
      await platform.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (const end of this.endings.reverse()) await end();
    await this.bed.close();
  }

  /** Of both services. */
  get callers(): Callers {
    return this.bed.callers(this.coordinator, this.agents);
  }

  /** Who meet the second process of agent-management. */
  get callersOfSecond(): Callers {
    return this.bed.callers(this.coordinator, this.second);
  }

  /** The values of a metric, as a service tells them now. */
  async valuesAt(url: string, metric: string): Promise<number[]> {
    const text = await (await fetch(`${url}/metrics`)).text();
    return [...text.matchAll(new RegExp(`^${metric}(?:\\{.*\\})? (.*)$`, 'gm'))].map(([, value]) => Number(value));
  }

  /** Again at the same address, when it was there before. */
  async startAgents(): Promise<void> {
    this.agents = await this.agentManagement(this.agents);
  }

  async startSecond(): Promise<void> {
    this.second = await this.agentManagement(this.second);
  }

  /** The database of the stranger, for good. */
  stopPostgres: () => Promise<void> = () => Promise.resolve();

  /** As `backup` does: by renaming, since node_exporter may read at any moment. */
  reportBackup({ succeededAt, exitCode }: BackupReport): void {
    const file = join(this.metricsFolder, 'aitbc_backup.prom');
    const at = Math.floor(succeededAt.getTime() / 1_000);
    const text = `aitbc_backup_last_success_timestamp_seconds ${at}\naitbc_backup_last_exit_code ${exitCode}\n`;
    writeFileSync(`${file}.next`, `${text}aitbc_backup_last_size_bytes 4096\naitbc_backup_last_duration_seconds 0.5\n`);
    renameSync(`${file}.next`, file);
  }

  /** Has a read compared, as nginx does that mirrors it. */
  async mirror(path: string): Promise<void> {
    const response = await fetch(this.shadowUrl + path, { headers: { 'x-api-key': this.coordinator.keys.client } });
    if (response.status !== 204) throw new Error(`the shadow answered ${response.status}`);
  }

  private get metricsFolder(): string {
    return this.bed.folder.file('metrics');
  }

  private async startAll(): Promise<void> {
    // Workers of nginx, who are somebody else when this is root, look for files in there.
    chmodSync(this.bed.folder.path, 0o755);
    mkdirSync(this.metricsFolder);
    this.reportBackup({ succeededAt: new Date(), exitCode: 0 });
    this.outside = await OutsideWorld.start();
    this.endings.push(() => this.outside.stop());
    await Promise.all([this.startServices(), this.startStranger()]);
    await this.startShadow();
    const address = ({ url }: { readonly url: string }) => new URL(url).host;
    this.router = await Router.start({
      ...{ root: ROOT, folder: this.bed.folder.file('router'), listen: `127.0.0.1:${await freePort()}` },
      ...{ coordinator: address(this.coordinator), agents: address(this.agents) },
      ...{ release: { name: 'monolith', address: address(this.monolith) }, shadow: new URL(this.shadowUrl).host },
    });
    this.endings.push(() => this.router.stop());
    const targets = {
      'coordinator-api': [address(this.coordinator), address(this.stranger)],
      'agent-management': [address(this.agents), address(this.second)],
      monolith: [address(this.monolith)],
      'shadow-diff': [new URL(this.shadowUrl).host],
      router: [address(this.router)],
      node: [await this.startExporter()],
    };
    this.prometheus = await Prometheus.start({ folder: this.bed.folder.path, targets });
    this.endings.push(() => this.prometheus.stop());
    await this.prometheus.hasSeenAll(Object.values(targets).flat().length);
  }

  private async startServices(): Promise<void> {
    const PORT = String(await freePort());
    const AGENT_MANAGEMENT_URL = `http://127.0.0.1:${await freePort()}`;
    this.agents = { ...this.agents, url: AGENT_MANAGEMENT_URL };
    // Miners are online for the time of a lease.
    this.coordinator = await this.bed.coordinator({ ...COMMON, PORT, AGENT_MANAGEMENT_URL, JOB_LEASE_SECONDS: '3' });
    const monolith = { ...COMMON, PORT: String(await freePort()), AGENT_MANAGEMENT_URL, SWEEPS: 'off' };
    const [found, miner] = await Promise.all([
      this.bed.coordinator(monolith),
      this.bed.miner(this.coordinator, 'miner', { MINER_PRICE: '0.01' }),
      this.startAgents(),
      this.startSecond(),
    ]);
    this.monolith = found;
    this.miner = miner;
  }

  private async startStranger(): Promise<void> {
    const postgres = await startPostgres();
    this.stopPostgres = () => postgres.stop();
    this.endings.push(this.stopPostgres);
    this.stranger = await this.bed.coordinator({ DATABASE_URL: await postgres.createDatabase() });
  }

  /** The second process takes the place of the release, behind somebody who may change what it answers. */
  private async startShadow(): Promise<void> {
    const changing = await tamperingProxy(this.second.url, ({ status, body }) => ({
      status,
      body: this.differs ? renamed(body, 'name', 'title') : body,
    }));
    this.endings.push(() => changing.close());
    const args = ['--release', this.agents.url, '--service', changing.url, '--port', '0'];
    this.shadowUrl = await this.bed.launch('shadow-diff', {}, args).process.listening();
  }

  private async agentManagement(before: LaunchedService | undefined): Promise<LaunchedService> {
    return this.bed.agentManagement(this.coordinator, {
      ...COMMON,
      ...{ PORT: before ? new URL(before.url).port : String(await freePort()) },
      ...{ LEASE_SECONDS: '3', WORKER_CONCURRENCY: String(WORKER_ROOM) },
      ...{ INFERENCE_BASE_URL: this.outside.url, INFERENCE_MODELS: MODEL },
      ...{ WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32', WEBHOOK_ALLOW_HTTP: 'on' },
      ...{ WEBHOOK_TIMEOUT_SECONDS: '60', WEBHOOK_RETRY_SCHEDULE: '100ms' },
    });
  }

  private async startExporter(): Promise<string> {
    const address = `127.0.0.1:${await freePort()}`;
    const collectors = ['--collector.disable-defaults', '--collector.textfile'];
    const args = [...collectors, `--collector.textfile.directory=${this.metricsFolder}`];
    const exporter = new BackgroundProcess(
      'prometheus-node-exporter',
      [...args, `--web.listen-address=${address}`],
      'install it (Debian, Ubuntu: apt-get install prometheus-node-exporter)',
    );
    this.endings.push(() => exporter.stop());
    return address;
  }
}
