import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@aitbc/shared-core/testing';
import { parse, stringify } from 'yaml';
import { freePort } from '../../../free-port';
import { BackgroundProcess } from './background-process';
import { DEPLOYED, RULES } from './deployed';
import { scaledRules } from './scaled-rules';

/** How much faster time goes for the rules: 5 minutes are 5 seconds. */
const FACTOR = 60;
const INSTALL = 'install it (Debian, Ubuntu: apt-get install prometheus)';

type Labels = Readonly<Record<string, string>>;

export interface Alert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: 'pending' | 'firing';
}

interface ScrapeConfiguration {
  readonly scrape_configs: readonly { readonly job_name: string; static_configs: { readonly targets: string[] }[] }[];
  alerting?: object;
}

export interface PrometheusOptions {
  readonly folder: string;
  /** `host:port` of each target, by the name of the job. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

/** A real Prometheus with the deployed configuration and rules, in a time that goes faster. */
export class Prometheus {
  private constructor(
    private readonly process: BackgroundProcess,
    private readonly url: string,
  ) {}

  /** @throws Error when it is not installed, or does not take its configuration. */
  static async start({ folder, targets }: PrometheusOptions): Promise<Prometheus> {
    const file = join(folder, 'prometheus.yml');
    writeFileSync(join(folder, 'aitbc.rules.yml'), scaledRules(readFileSync(RULES, 'utf8'), FACTOR));
    writeFileSync(file, stringify(configuration(targets)));
    const address = `127.0.0.1:${await freePort()}`;
    const process = new BackgroundProcess(
      'prometheus',
      [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'tsdb')}`, `--web.listen-address=${address}`],
      INSTALL,
    );
    const prometheus = new Prometheus(process, `http://${address}`);
    const ready = waitFor(() => prometheus.isReady(), { everyMs: 50 });
    await Promise.race([ready, process.broken]);
    return prometheus;
  }

  /** Resolves when all of its targets have answered, and what was absent until then alarms nobody any more. */
  async hasSeenAll(count: number): Promise<void> {
    const isSettled = async () => (await this.query('up == 1')).length === count && (await this.firing()).length === 0;
    await waitFor(isSettled, { everyMs: 100 });
  }

  async firing(): Promise<Alert[]> {
    const { alerts } = await this.get<{ alerts: Alert[] }>('/api/v1/alerts');
    return alerts.filter(({ state }) => state === 'firing');
  }

  /** The series that an expression gives now. @throws Error when it is none. */
  async query(expression: string): Promise<{ readonly metric: Labels; readonly value: readonly [number, string] }[]> {
    const { result } = await this.get<{ result: { metric: Labels; value: [number, string] }[] }>(
      `/api/v1/query?query=${encodeURIComponent(expression)}`,
    );
    return result;
  }

  stop(): Promise<void> {
    return this.process.stop();
  }

  private async isReady(): Promise<boolean> {
    return fetch(`${this.url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(this.url + path);
    const answer = (await response.json()) as { status: string; error?: string; data: T };
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  }
}

/** The deployed one with other addresses, in shorter intervals, and without anybody to be told. */
function configuration(targets: PrometheusOptions['targets']): object {
  const text = readFileSync(join(DEPLOYED, 'prometheus', 'prometheus.yml'), 'utf8');
  const deployed = parse(text) as ScrapeConfiguration;
  for (const job of deployed.scrape_configs) job.static_configs = [{ targets: [...(targets[job.job_name] ?? [])] }];
  delete deployed.alerting;
  return { ...deployed, global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '500ms' } };
}
