import { str } from 'envalid';
import { ConfigurationError } from './configuration-error';
import { readConfiguration } from './read-configuration';
import { renderConfigurationTable } from './render-table';
import {
  databaseVariables,
  inferenceVariables,
  listenVariables,
  logVariables,
  minerVariables,
  webhookVariables,
  roleVariables,
  workerVariables,
} from './shared-variables';

const service = {
  ...listenVariables(8011),
  ...databaseVariables,
  ...logVariables(false),
  ...roleVariables,
  ...workerVariables,
  ...webhookVariables,
  ...inferenceVariables,
};

function problemsOf(environment: Record<string, string>): readonly { name: string; problem: string }[] {
  try {
    readConfiguration({ ...service, ...minerVariables }, { MINER_KEY: 'k'.repeat(32), ...environment });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfiguration', () => {
  it('has the documented defaults', () => {
    expect(readConfiguration(service, {})).toEqual({
      HOST: '127.0.0.1',
      PORT: 8011,
      ISSUER_URL: undefined,
      RATE_LIMIT_PER_SECOND: 100,
      DATABASE_URL: 'sqlite:var/coordinator.db',
      BOOTSTRAP_ADMIN_KEY: undefined,
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      ROLE: 'all',
      SWEEPS: 'on',
      EXECUTION_RETENTION_DAYS: 0,
      WORKER_CONCURRENCY: 64,
      LEASE_SECONDS: 30,
      WEBHOOK_ALLOWED_NETWORKS: [],
      WEBHOOK_ALLOW_HTTP: 'off',
      WEBHOOK_TIMEOUT_SECONDS: 15,
      WEBHOOK_RETRY_SCHEDULE: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((s) => s * 1_000),
      WEBHOOK_DISABLE_AFTER_HOURS: 120,
      WEBHOOK_RETENTION_DAYS: 30,
      INFERENCE_BASE_URL: undefined,
      INFERENCE_API_KEY: undefined,
      INFERENCE_MODELS: undefined,
    });
  });

  it('gives typed values, and takes an empty variable for one that is not set', () => {
    const values = readConfiguration(service, {
      PORT: '0',
      HOST: '',
      ISSUER_URL: 'https://example.org/',
      INFERENCE_MODELS: 'a, b,,c ',
      DATABASE_URL: 'postgres://u:p@db/x',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32, fd00::/8',
      WEBHOOK_RETRY_SCHEDULE: '5ms,1s, 2m,3h,1d',
      UNKNOWN: 'x',
    });
    expect(values).toMatchObject({
      PORT: 0,
      HOST: '127.0.0.1',
      ISSUER_URL: 'https://example.org',
      INFERENCE_MODELS: ['a', 'b', 'c'],
      WEBHOOK_ALLOWED_NETWORKS: ['127.0.0.1/32', 'fd00::/8'],
      WEBHOOK_RETRY_SCHEDULE: [5, 1_000, 120_000, 10_800_000, 86_400_000],
    });
    expect(values).not.toHaveProperty('UNKNOWN');
  });

  it('formats for people on a terminal', () => {
    expect(readConfiguration(logVariables(true), {}).LOG_FORMAT).toBe('pretty');
  });

  it('names every problem at once, with what is expected', () => {
    expect(() => readConfiguration({ ...service, ...minerVariables }, { PORT: '99999', ROLE: 'boss' })).toThrow(
      [
        'The configuration is not valid:',
        "  PORT: '99999' is not a whole number from 0 to 65535. Expected: port that it listens on; 0 takes a free one",
        "  ROLE: 'boss' is not one of api, worker, all. Expected: what the process does: `api` serves the HTTP API; " +
          '`worker` does the work in the background (executions, sweeps), and serves only the probes; `all` does both',
        '  MINER_KEY: it is required and not set. Expected: API key with the role miner',
      ].join('\n'),
    );
  });

  it.each([
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['PORT', '0x50'],
    ['PORT', '8011.5'],
    ['WORKER_CONCURRENCY', '0'],
    ['ISSUER_URL', 'ftp://example.org'],
    ['INFERENCE_BASE_URL', 'localhost'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_URL', 'sqlite:'],
    ['LOG_LEVEL', 'INFO'],
    ['SWEEPS', 'true'],
    ['WEBHOOK_ALLOWED_NETWORKS', '127.0.0.1'],
    ['WEBHOOK_ALLOWED_NETWORKS', '10.0.0.0/33'],
    ['WEBHOOK_ALLOWED_NETWORKS', 'localhost/8'],
    ['WEBHOOK_RETRY_SCHEDULE', '5'],
    ['WEBHOOK_RETRY_SCHEDULE', '0s'],
    ['WEBHOOK_RETRY_SCHEDULE', '31d'],
    ['WEBHOOK_RETRY_SCHEDULE', ','],
    ['WEBHOOK_TIMEOUT_SECONDS', '0'],
    ['BOOTSTRAP_ADMIN_KEY', 'k'.repeat(31)],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value }).map((problem) => problem.name)).toEqual([name]);
  });

  it('never quotes a secret', () => {
    const problems = problemsOf({ BOOTSTRAP_ADMIN_KEY: 'tooshort-secret', DATABASE_URL: 'mysql://user:hunter2@db' });
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toMatch(/tooshort|hunter2/);
  });
});

describe('renderConfigurationTable', () => {
  it('has a row for each variable', () => {
    const specs = {
      A: str({ default: 'x|y', desc: 'first | second' }),
      B: str({ desc: 'must be' }),
      C: str({ default: 'box-7', desc: 'may be' }),
      D: str({ default: undefined, desc: 'or not' }),
    };
    expect(renderConfigurationTable([{ title: 'Things', specs, defaults: { C: 'host name' } }])).toBe(
      [
        '## Things',
        '',
        '| variable | default | meaning |',
        '| --- | --- | --- |',
        '| `A` | `x\\|y` | first \\| second |',
        '| `B` | required | must be |',
        '| `C` | host name | may be |',
        '| `D` | – | or not |',
        '',
      ].join('\n'),
    );
  });
});
