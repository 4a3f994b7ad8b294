import {
  type Configuration,
  type Environment,
  fromUnits,
  inferenceVariables,
  logVariables,
  minerVariables,
  peerVariables,
  readConfiguration,
  tracingVariables,
  unitsOfText,
  wholeNumber,
  wordList,
} from '@aitbc/shared-core';
import { EnvError, makeExactValidator, str } from 'envalid';
import { hostname } from 'node:os';

/** As the coordinator takes ids; it also names a folder, so that nothing with a slash or a leading dot will do. */
const minerId = makeExactValidator<string>((input) => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(input)) {
    throw new EnvError(`'${input}' is not 1 to 100 letters, digits, '.', '_', ':' or '-', the first a letter or digit`);
  }
  return input;
});

const price = makeExactValidator<number>((input) => {
  const units = unitsOfText(input);
  if (units === undefined) throw new EnvError(`'${input}' is not an amount with at most 8 decimals`);
  return fromUnits(units);
});

/** Every variable of the miner. */
export const minerConfigurationVariables = (isTerminal: boolean) => ({
  COORDINATOR_URL: peerVariables.COORDINATOR_URL,
  MINER_KEY: minerVariables.MINER_KEY,
  MINER_ID: minerId({ default: hostname(), desc: 'id that it registers under; by default the host name' }),
  MINER_CONCURRENCY: minerVariables.MINER_CONCURRENCY,
  MINER_REGION: str({ default: undefined, desc: 'region that jobs may ask for' }),
  MINER_PRICE: price({ default: undefined, desc: 'price of a job in coins, with at most 8 decimals' }),
  MINER_STATE_DIR: str({ default: 'var/miner', desc: 'folder of its signing key and of the working folders of jobs' }),
  MINER_COMMANDS_FILE: str({ default: undefined, desc: 'JSON file of programs that it runs as jobs' }),
  MINER_INPUT_HOSTS: wordList({
    default: [],
    desc: 'hosts (`host` or `host:port`, separated by commas) from which input files of jobs may be fetched',
  }),
  MINER_STOP_SECONDS: wholeNumber(
    0,
    60,
  )({ default: 8, desc: 'seconds that running jobs get to finish at a stop, 0..60' }),
  ...inferenceVariables,
  ...logVariables(isTerminal),
  ...tracingVariables,
});

export type MinerConfiguration = Configuration<ReturnType<typeof minerConfigurationVariables>> & {
  /** PATH, in which programs are looked up. */
  readonly searchPath: string;
};

/** @throws ConfigurationError naming every variable that is missing or not valid. */
export function readMinerConfiguration(environment: Environment, isTerminal: boolean): MinerConfiguration {
  const variables = readConfiguration(minerConfigurationVariables(isTerminal), environment);
  return { ...variables, searchPath: environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin' };
}
