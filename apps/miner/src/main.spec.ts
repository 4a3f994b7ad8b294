import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltMiner, buildMiner, type MinerProcess, spawnMiner } from './app/testing/built-miner';
import { TestCoordinator } from './app/testing/test-coordinator';
import { waitFor } from './app/testing/wait-for';

const address = join(__dirname, '../../../examples/gettysburg-address.txt');

describe('the built miner', () => {
  let built: BuiltMiner;
  let coordinator: TestCoordinator;
  let folder: string;
  let miner: MinerProcess | undefined;

  beforeAll(async () => {
    built = await buildMiner();
  }, 120_000);

  afterAll(() => built.remove());

  beforeEach(async () => {
    coordinator = await new TestCoordinator().start();
    folder = await mkdtemp(join(tmpdir(), 'miner-process-'));
  });

  afterEach(async () => {
    miner?.child.kill('SIGKILL');
    await miner?.exited;
    miner = undefined;
    await coordinator.stop();
    await rm(folder, { recursive: true });
  });

  function start(variables: Record<string, string> = {}): MinerProcess {
    const required = { COORDINATOR_URL: coordinator.url, MINER_KEY: coordinator.key, MINER_ID: 'spec-1' };
    miner = spawnMiner(built.main, folder, { ...required, ...variables });
    return miner;
  }

  it('runs a text analysis in its worker thread and ends with 0 at SIGTERM', async () => {
    const { child, exited, output } = start({ MINER_REGION: 'eu-1', MINER_PRICE: '0.25' });
    coordinator.submit('job_1', 'text_analysis', { text: await readFile(address, 'utf8'), tasks: ['language'] });
    expect((await coordinator.result('job_1')).result).toMatchObject({ language: { words: 272, sentences: 10 } });
    expect(coordinator.registrations).toMatchObject([
      {
        miner_id: 'spec-1',
        capabilities: { services: ['text_analysis'], price: 0.25 },
        region: 'eu-1',
        concurrency: 2,
      },
    ]);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(output()).toMatch(/"job_id":"job_1".*"message":"job finished"|"message":"job finished".*"job_id":"job_1"/);
    expect(output()).not.toContain(coordinator.key);
    // The goodbye may come after the news of the end.
    await waitFor('a goodbye', () => coordinator.heartbeats.at(-1)?.status === 'offline');
  });

  it('ends the programs of its jobs when it stops, and hands the jobs back', async () => {
    const script = 'sleep 300 & echo $! > ' + join(folder, 'pid') + '; wait';
    const command = {
      kind: 'sleeping',
      command: '/bin/sh',
      probe_args: ['-c', 'true'],
      args: ['-c', script],
      schema: {},
    };
    await writeFile(join(folder, 'commands.json'), JSON.stringify({ commands: [command] }));
    const { child, exited } = start({ MINER_COMMANDS_FILE: 'commands.json', MINER_STOP_SECONDS: '0' });
    coordinator.submit('job_1', 'sleeping');
    const pid = async () => Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => ''));
    await waitFor('the program runs', async () => (await pid()) > 0);
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(coordinator.failures).toMatchObject([{ jobId: 'job_1', failure: { retryable: true } }]);
    expect(await readdir(join(folder, 'var/miner/work/spec-1'))).toEqual([]);
    const sleeper = await pid();
    await waitFor('the program is gone', () => !isRunning(sleeper));
  });

  it('ends with a clear message when the coordinator refuses its key', async () => {
    const { exited, output } = start({ MINER_KEY: 'another-key-with-at-least-32-characters' });
    expect(await exited).toBe(1);
    expect(output()).toContain('check MINER_KEY');
  });

  it('names every variable that is not valid and does not start', async () => {
    const { exited, output } = start({ MINER_KEY: '', MINER_ID: '../x', MINER_PRICE: '-1', MINER_CONCURRENCY: '65' });
    expect(await exited).toBe(78);
    for (const name of ['MINER_KEY', 'MINER_ID', 'MINER_PRICE', 'MINER_CONCURRENCY']) expect(output()).toContain(name);
  });

  it('does not start with a command file that it cannot use', async () => {
    const { exited, output } = start({ MINER_COMMANDS_FILE: 'absent.json' });
    expect(await exited).toBe(1);
    expect(output()).toContain('the command file absent.json cannot be used');
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
