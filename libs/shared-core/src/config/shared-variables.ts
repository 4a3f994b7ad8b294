import { hostname } from 'node:os';
import { str } from 'envalid';
import {
  coins,
  databaseUrl,
  durationList,
  httpUrl,
  networkList,
  oneOfWords,
  secret,
  tokenPrices,
  wholeNumber,
  wordList,
} from './variable';

/**
 * The variables that several apps know, in groups that an app composes: `{...listenVariables(8011), ...databaseVariables}`.
 * Names and defaults are a contract with operators; `docs/configuration.md` is rendered from here.
 */
export const listenVariables = (port: number) => ({
  HOST: str({ default: '127.0.0.1', desc: 'address that it listens on' }),
  PORT: wholeNumber(0, 65_535)({ default: port, desc: 'port that it listens on; 0 takes a free one' }),
  ISSUER_URL: httpUrl({
    default: undefined,
    desc:
      '`issuer` of receipts and tokens; by default the URL of the coordinator. Processes take tokens of their own issuer ' +
      'only, so all on one database need the same one',
  }),
  RATE_LIMIT_PER_SECOND: wholeNumber(
    0,
    1_000_000,
  )({
    default: 100,
    desc: 'requests that a key may make in a second; 0 turns the limit off',
  }),
});

export const databaseVariables = {
  DATABASE_URL: databaseUrl({
    default: 'sqlite:var/coordinator.db',
    desc: 'the database: `sqlite:<path>` or `postgres://…`',
  }),
  BOOTSTRAP_ADMIN_KEY: secret(32)({
    default: undefined,
    desc: 'first admin key of an empty database, at least 32 characters; by default a random one, printed once',
  }),
};

export const logVariables = (isTerminal: boolean) => ({
  LOG_LEVEL: oneOfWords('error', 'warn', 'info', 'debug')({ default: 'info', desc: 'error, warn, info or debug' }),
  LOG_FORMAT: oneOfWords(
    'json',
    'pretty',
  )({
    default: isTerminal ? 'pretty' : 'json',
    desc: 'json or pretty; by default json, and pretty on a terminal',
  }),
});

export const roleVariables = {
  ROLE: oneOfWords(
    'api',
    'worker',
    'all',
  )({
    default: 'all',
    desc:
      'what the process does: `api` serves the HTTP API; `worker` does the work in the background (executions, sweeps), ' +
      'and serves only the probes; `all` does both',
  }),
  SWEEPS: oneOfWords(
    'on',
    'off',
  )({ default: 'on', desc: 'off: no background sweeps in this process, whatever its role' }),
};

export const workerVariables = {
  EXECUTION_RETENTION_DAYS: wholeNumber(
    0,
    36_500,
  )({
    default: 0,
    desc: 'days after its end at which an execution is deleted with its history and receipt; 0 keeps all for ever',
  }),
  WORKER_CONCURRENCY: wholeNumber(1, 4_096)({ default: 64, desc: 'executions that a worker runs at once, 1..4096' }),
  LEASE_SECONDS: wholeNumber(
    1,
    3_600,
  )({
    default: 30,
    desc: 'seconds after which the work of a silent worker is taken over, 1..3600',
  }),
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** The example of Standard Webhooks 1.0.0. */
const RETRY_SCHEDULE = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
] as const;

export const webhookVariables = {
  WEBHOOK_ALLOWED_NETWORKS: networkList({
    default: [],
    desc:
      'networks beside the public Internet that webhooks may be sent to, in CIDR notation, separated by commas; none ' +
      'by default',
  }),
  WEBHOOK_ALLOW_HTTP: oneOfWords(
    'on',
    'off',
  )({
    default: 'off',
    desc: 'on: webhooks may have http URLs, over which everybody on the way can read; off: https only',
  }),
  WEBHOOK_TIMEOUT_SECONDS: wholeNumber(
    1,
    60,
  )({ default: 15, desc: 'seconds that the receiver of a webhook has for its answer, 1..60' }),
  WEBHOOK_RETRY_SCHEDULE: durationList({
    default: RETRY_SCHEDULE,
    desc:
      'times between the attempts of a webhook delivery (`ms`, `s`, `m`, `h`, `d`), separated by commas; after the ' +
      'last one it is dead',
  }),
  WEBHOOK_DISABLE_AFTER_HOURS: wholeNumber(
    0,
    8_760,
  )({
    default: 120,
    desc: 'hours of failures without a success after which a webhook is turned off; 0 never does',
  }),
  WEBHOOK_RETENTION_DAYS: wholeNumber(
    1,
    36_500,
  )({ default: 30, desc: 'days after its end at which a webhook delivery is deleted, payload and all' }),
};

export const inferenceVariables = {
  INFERENCE_BASE_URL: httpUrl({
    default: undefined,
    desc: 'OpenAI-compatible provider, such as http://127.0.0.1:8080/v1',
  }),
  INFERENCE_API_KEY: secret(1)({ default: undefined, desc: 'key for that provider' }),
  INFERENCE_MODELS: wordList({ default: undefined, desc: 'models that may be asked for, separated by commas' }),
};

/** What steps cost that no miner does. */
export const priceVariables = {
  INFERENCE_PRICES: tokenPrices({
    default: undefined,
    desc:
      'what the tokens of that provider cost: `model=input/output`, separated by commas, in coins for a million tokens ' +
      'that are read and written, such as `llama-3.1-8b=0.05/0.08`; other models cost nothing',
  }),
  CUSTOM_CODE_PRICE_PER_CPU_SECOND: coins({
    default: 0,
    desc: 'coins for a second of CPU time that the code of `custom` steps uses',
  }),
};

export const minerVariables = {
  MINER_KEY: secret(32)({ desc: 'API key with the role miner' }),
  MINER_ID: str({ default: hostname(), desc: 'id that it registers under; by default the host name' }),
  MINER_CONCURRENCY: wholeNumber(1, 64)({ default: 2, desc: 'jobs that it runs at once, 1..64' }),
};

export const peerVariables = {
  COORDINATOR_URL: httpUrl({ default: 'http://127.0.0.1:8011', desc: 'where the coordinator is' }),
  AGENT_MANAGEMENT_URL: httpUrl({ default: 'http://127.0.0.1:8012', desc: 'where agent-management is' }),
};
