import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BuiltPlatform, DIST, EXAMPLES } from './testing/built-platform';
import { type CliOptions, runCli } from './testing/cli-process';

const WORKFLOW = join(EXAMPLES, 'workflows/reading-time.yaml');
const TEXT = join(EXAMPLES, 'gettysburg-address.txt');

/** Each command is a process of its own. */
jest.setTimeout(120_000);

const platform = new BuiltPlatform();
const file = (name: string) => platform.folder.file(name);

beforeAll(() => platform.start(), 60_000);
afterAll(() => platform.stop());

/** As a client who has logged in by variables. */
function aitbc(args: readonly string[], options: Partial<CliOptions> = {}) {
  const environment = { ...platform.clientEnvironment, ...options.environment };
  return runCli(args, { cwd: platform.folder.path, ...options, environment });
}

/** The JSON of a command that must go well. */
async function json(args: readonly string[], options?: Partial<CliOptions>) {
  const result = await aitbc([...args, '--json'], options);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
  return result.json();
}

const asAdmin = {
  environment: {
    get AITBC_KEY() {
      return platform.keys.admin;
    },
  },
};

function written(name: string, text: string): string {
  writeFileSync(file(name), text);
  return file(name);
}

/** No miner here offers ffmpeg, so that its job stays in the queue. */
const SLOW = `
name: Slow
steps:
  film:
    name: Film
    step_type: inference
    config:
      service_type: ffmpeg
      parameters: { input_url: 'https://example.org/a.mp4', output_format: mp4 }
    input_mappings: {}
`;

describe('login', () => {
  const bare = (args: readonly string[], input = '') =>
    runCli(args, { cwd: platform.folder.path, environment: { XDG_CONFIG_HOME: file('config') }, input });

  it('keeps a key from standard input for its owner only, so that later calls need none', async () => {
    const addresses = ['--url', `${platform.url}/`, '--agent-url', platform.agentUrl];
    const login = await bare(['login', ...addresses], `${platform.keys.client}\n`);
    expect(login).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`The key is good for ${platform.url} and ${platform.agentUrl}.`),
    });
    expect(login.stdout).not.toContain(platform.keys.client);
    const path = file('config/aitbc/config.json');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ...{ url: platform.url, agent_url: platform.agentUrl, key: platform.keys.client },
    });
    expect(await bare(['workflows', 'list', '--json'])).toMatchObject({ code: 0, stderr: '' });
  });

  it('keeps nothing of a wrong key', async () => {
    const path = file('config/aitbc/config.json');
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    const login = await bare(['login', '--url', platform.url], 'wrong-key\n');
    expect(login).toMatchObject({ code: 4, stdout: '' });
    expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(before);
  });

  it('says what is missing when no key is given', async () => {
    const login = await bare(['login', '--url', platform.url]);
    expect(login).toMatchObject({ code: 2, stderr: expect.stringContaining('No key was given.') });
  });
});

describe('a first workflow from a YAML file', () => {
  let agent: string;
  let execution: string;

  it('has an agent registered and activated, whose private key stays here', async () => {
    const key = file('agent.jwk');
    const shown = await json(['agents', 'register', '--name', 'Reader', '--key-file', key, '--activate']);
    expect(shown).toMatchObject({ name: 'Reader', lifecycle: 'active', public_key: { crv: 'Ed25519' } });
    expect(JSON.parse(readFileSync(key, 'utf8'))).toMatchObject({ x: shown.public_key.x, d: expect.any(String) });
    expect(statSync(key).mode & 0o777).toBe(0o600);
    agent = shown.agent_id;
    // The same file is the same key.
    const again = await json(['agents', 'register', '--id', agent, '--key-file', key]);
    expect(again.public_key.x).toBe(shown.public_key.x);
    expect((await json(['agents', 'show', agent])).agent_id).toBe(agent);
    expect((await aitbc(['agents', 'list'])).stdout).toMatch(new RegExp(`^${agent} +Reader +active`, 'm'));
  });

  it('is run with progress in plain lines, and its result alone on standard output', async () => {
    expect(await aitbc(['workflows', 'validate', WORKFLOW])).toMatchObject({ code: 0, stderr: '' });
    const run = await aitbc(['workflows', 'run', WORKFLOW, '--text', TEXT, '--agent', agent, '--wait']);
    expect(run.code).toBe(0);
    expect(run.json()).toMatchObject({ report: { words: 278, minutes: 1.2 } });
    expect(run.stderr).toMatch(/^ +\d+\.\ds {2}Key phrases by a miner: (waiting|completed)/m);
    expect(run.stderr).toMatch(/^ +\d+\.\ds {2}Report: completed in \d+\.\d s$/m);
    expect(run.stderr).not.toContain('\u001b');
    execution = /^Execution (exec_\S+)$/m.exec(run.stderr)?.[1] ?? '';
  });

  it('leaves an execution that can be looked at afterwards', async () => {
    const state = await json(['executions', 'status', execution]);
    expect(state).toMatchObject({ execution_id: execution, status: 'completed', agent_id: agent });
    expect(await json(['executions', 'watch', execution])).toEqual(state);
    expect((await aitbc(['executions', 'status', execution])).stdout).toMatch(/^completed in .*3 of 3 steps$/m);
    const { step_logs: logs } = await json(['executions', 'logs', execution]);
    expect(logs.map((step: { step_id: string }) => step.step_id).sort()).toEqual(['keywords', 'report', 'words']);
    const cost = await json(['executions', 'cost', execution]);
    expect(cost).toMatchObject({ execution_id: execution, total_cost: state.total_cost, reserved_cost: 0 });
    expect((await aitbc(['executions', 'cost', execution])).stdout).toMatch(/^keywords +1 +\S+ +job_\S+ +rcpt_/m);
    expect((await json(['executions', 'list', '--status', 'completed'])).items).toMatchObject([{ id: execution }]);
  });

  it('shows what has happened in it, as lines for people and as CloudEvents', async () => {
    const shown = await aitbc(['events', '--execution', execution]);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/^\S+Z {2}exec_\S+ {2}execution\.started {2}\{"inputs_hash":"[0-9a-f]{64}"\}$/m);
    expect(shown.stdout.trimEnd().split('\n').at(-1)).toContain('execution.completed');
    const ends = await aitbc(['events', '--execution', execution, '--type', 'execution.completed', '--json']);
    expect(ends.json()).toMatchObject({ type: 'com.aitbc.execution.completed', subject: execution });
  });

  it('has a receipt that is verified with the published keys, without the platform', async () => {
    const receipt = file('receipt.json');
    const jwks = file('jwks.json');
    expect(await aitbc(['receipt', 'get', execution, '-o', receipt])).toMatchObject({ code: 0 });
    expect(await aitbc(['receipt', 'jwks', '-o', jwks])).toMatchObject({ code: 0 });
    const offline = { environment: { AITBC_URL: 'http://127.0.0.1:9' } };
    const verified = await aitbc(['receipt', 'verify', receipt, '--jwks', jwks], offline);
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/^RESULT {2}CHECK +DETAIL\nok +signature +Ed25519 signature by key /);
    expect(verified.stdout).toMatch(/The receipt is valid\.\n$/);
    expect((await json(['receipt', 'verify', receipt])).valid).toBe(true);
  });

  it('has steps that are verified alone, also after the key that signed was retired', async () => {
    const offline = { environment: { AITBC_URL: 'http://127.0.0.1:9' } };
    const [step, jwks] = [file('step.json'), file('jwks.json')];
    expect(await aitbc(['receipt', 'step', execution, 'keywords', '-o', step])).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(step, 'utf8')).not.toContain('"words"');
    const alone = await aitbc(['receipt', 'verify', step, '--jwks', jwks], offline);
    expect(alone).toMatchObject({ code: 0, stderr: '' });
    expect(alone.stdout).toMatch(/^ok +inclusion_proof +step 1 of 3 under the Merkle root [0-9a-f]{64}$/m);
    const changed = readFileSync(step, 'utf8').replace('"leaf_index": 0', '"leaf_index": 1');
    const refused = await aitbc(['receipt', 'verify', written('moved.json', changed), '--jwks', jwks], offline);
    expect(refused).toMatchObject({ code: 1, stdout: expect.stringMatching(/^FAILED +inclusion_proof /m) });
    expect(await aitbc(['receipt', 'step', execution, 'none'])).toMatchObject({ code: 3 });

    const rotated = await json(['keys', 'rotate-signing-key'], asAdmin);
    const keys = await json(['receipt', 'jwks']);
    expect(keys.keys.map(({ kid }: { kid: string }) => kid)).toEqual([rotated.kid, rotated.retired_kid]);
    expect((await json(['receipt', 'verify', step])).valid).toBe(true);
  });

  it.each([
    ['a receipt', 'no receipt', 'there is no jws in it'],
    ['JSON', '{', 'is no JSON'],
  ])('cannot be judged by a file that holds no %s: exit code 2', async (_name, content, text) => {
    const path = written('unusable.json', content === '{' ? content : JSON.stringify({ note: content }));
    const unusable = await aitbc(['receipt', 'verify', path, '--jwks', file('jwks.json')]);
    expect(unusable).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
    const keys = await aitbc(['receipt', 'verify', file('receipt.json'), '--jwks', path]);
    expect(keys).toMatchObject({ code: 2, stdout: '' });
  });

  it('has a receipt that can be piped from one command to the next, though it comes late', async () => {
    const cli = `'${process.execPath}' '${join(DIST, 'apps/cli/main.js')}'`;
    // Two starts before the first byte, so that the reader finds nothing at first.
    const pipe = `(${cli} --version >&2; ${cli} receipt get ${execution}) | ${cli} receipt verify -`;
    const environment = { PATH: '/usr/bin:/bin', ...platform.clientEnvironment };
    const { stdout } = await promisify(execFile)('bash', ['-c', pipe], { env: environment });
    expect(stdout).toMatch(/The receipt is valid\.\n$/);
  });

  it('has a receipt that is not valid once it was changed', async () => {
    const receipt = JSON.parse(readFileSync(file('receipt.json'), 'utf8')) as { steps: { cost: number }[] };
    const forged = { ...receipt, steps: receipt.steps.map((step) => ({ ...step, cost: step.cost + 1 })) };
    const path = written('forged.json', JSON.stringify(forged));
    const refused = await aitbc(['receipt', 'verify', path, '--jwks', file('jwks.json')]);
    expect(refused).toMatchObject({ code: 1, stderr: 'aitbc: The receipt is not valid.\n' });
    expect(refused.stdout).toMatch(/^FAILED +steps_root /m);
    const asJson = await aitbc(['receipt', 'verify', path, '--json']);
    expect({ code: asJson.code, valid: asJson.json().valid }).toEqual({ code: 1, valid: false });
  });
});

describe('a workflow', () => {
  it('is created from a file, changed by its id, applied again as it was shown, and deleted', async () => {
    const path = written('slow.yaml', SLOW);
    const { id, version } = await json(['workflows', 'apply', path]);
    expect(version).toBe(1);
    const changed = written('changed.yaml', `id: ${id}\n${SLOW.replace('Slow', 'Slower')}`);
    expect(await json(['workflows', 'apply', changed])).toMatchObject({ id, name: 'Slower', version: 2 });
    const shown = await aitbc(['workflows', 'show', id, '--json']);
    const again = await json(['workflows', 'apply', '-', '--id', id], { input: shown.stdout });
    expect(again.workflow_hash).toBe(shown.json().workflow_hash);
    expect((await aitbc(['workflows', 'delete', id])).stdout).toBe(`Deleted ${id}\n`);
    expect(await aitbc(['workflows', 'show', id])).toMatchObject({ code: 3, stdout: '' });
  });

  it('that is not valid is refused with the places in its file', async () => {
    const path = written('bad.yaml', SLOW.replace('inference', 'magic').replace('name: Slow', 'name: ""'));
    for (const command of ['validate', 'apply']) {
      const refused = await aitbc(['workflows', command, path]);
      expect(refused).toMatchObject({ code: 5, stdout: '' });
      expect(refused.stderr).toContain(`  ${path}:2:7  /name `);
      expect(refused.stderr).toContain(`  ${path}:6:16  /steps/film/step_type `);
    }
    const asJson = await aitbc(['workflows', 'validate', path, '--json']);
    expect(asJson).toMatchObject({ code: 5 });
    expect(asJson.json()).toMatchObject({ valid: false });
  });

  it('that may be mistaken is told so with the place in its file, and is valid all the same', async () => {
    const note = `  note:\n    name: Note\n    step_type: data_processing\n    config: { expression: steps.film.output }\n`;
    const path = written('hasty.yaml', `${SLOW}${note}`);
    const line = `${SLOW}${note}`.split('\n').findIndex((text) => text.includes('steps.film.output')) + 1;
    const checked = await aitbc(['workflows', 'validate', path]);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The workflow is valid\.$/m) });
    expect(checked.stderr).toBe(
      `warning: ${path}:${line}:27  /steps/note/config/expression reads the step 'film', on which 'note' does not depend: ` +
        'it selects nothing\n',
    );
    const { warnings } = await json(['workflows', 'validate', path]);
    expect(warnings).toMatchObject([{ pointer: '/steps/note/config/expression' }]);
  });

  it('can be left with Ctrl-C while it runs, and cancelled afterwards', async () => {
    const path = written('interrupted.yaml', SLOW);
    const left = await aitbc(['workflows', 'run', path, '--wait'], {
      interruptAt: 'Film: waiting for a job',
    });
    expect(left).toMatchObject({ code: 130, stdout: '' });
    const id = /aitbc executions watch (\S+);/.exec(left.stderr)?.[1] ?? '';
    expect(await json(['executions', 'cancel', id, '--reason', 'enough'])).toMatchObject({ status: 'cancelled' });
    expect(await aitbc(['executions', 'cancel', id])).toMatchObject({ code: 6 });
    const watched = await aitbc(['executions', 'watch', id, '--json']);
    expect({ code: watched.code, status: watched.json().status }).toEqual({ code: 1, status: 'cancelled' });
  });
});

describe('jobs, miners and keys', () => {
  it('submits a job, waits for its result, and lists it', async () => {
    const submit = ['jobs', 'submit', 'text_analysis', '--text', TEXT, '--input', 'tasks=["language"]', '--wait'];
    const done = await aitbc(submit);
    expect({ code: done.code, result: done.json() }).toMatchObject({
      code: 0,
      result: { language: expect.anything() },
    });
    const id = /^Job (\S+)$/m.exec(done.stderr)?.[1] ?? '';
    expect(await json(['jobs', 'show', id])).toMatchObject({ job_id: id, state: 'COMPLETED' });
    expect(await json(['jobs', 'result', id])).toMatchObject({ state: 'COMPLETED', result: done.json() });
    expect(await aitbc(['jobs', 'cancel', id])).toMatchObject({ code: 6 });
  });

  it('shows miners to an admin, and says to a client that its key does not do', async () => {
    expect((await aitbc(['miners', 'list'], asAdmin)).stdout).toMatch(/^miner-of-the-test +available/m);
    expect((await json(['miners', 'show', 'miner-of-the-test'], asAdmin)).online).toBe(true);
    const refused = await aitbc(['miners', 'list']);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toContain('Use a key whose role allows it.');
  });

  it('makes a key that works until it is revoked', async () => {
    const made = await json(['keys', 'create', 'somebody', 'client', '--label', 'of a test'], asAdmin);
    const withIt = { environment: { AITBC_KEY: String(made.api_key) } };
    expect(await aitbc(['workflows', 'list'], withIt)).toMatchObject({ code: 0, stdout: 'None.\n' });
    const { items } = await json(['keys', 'list'], asAdmin);
    expect(items).toContainEqual(expect.objectContaining({ id: made.id, label: 'of a test', revoked_at: null }));
    expect(await aitbc(['keys', 'revoke', made.id], asAdmin)).toMatchObject({ code: 0 });
    expect((await aitbc(['keys', 'list'], asAdmin)).stdout).toMatch(new RegExp(`^${made.id} .* revoked \\d{4}-`, 'm'));
  });
});

describe('errors', () => {
  it.each([
    ['an unknown command', ['agent'], 2, 'unknown command'],
    ['a group alone', ['agents'], 2, 'Usage: aitbc agents'],
    ['an unknown option', ['agents', 'list', '--colour'], 2, 'unknown option'],
    ['a value out of range', ['agents', 'list', '--limit', '201'], 2, 'whole number from 1 to 200'],
    ['an absent file', ['workflows', 'apply', 'absent.yaml'], 2, 'absent.yaml cannot be read: ENOENT'],
    ['an unknown workflow', ['workflows', 'show', 'wf_none'], 3, "no workflow 'wf_none'"],
    ['an empty id', ['workflows', 'delete', ''], 2, "'' is no id"],
    ['a wrong key', ['workflows', 'list', '--key', 'wrong'], 4, 'aitbc login'],
    ['no URL', ['jobs', 'list', '--url', 'localhost:8011'], 2, 'is not the URL of a platform'],
    ['a receipt of nothing', ['receipt', 'get', 'exec_none'], 3, "no execution 'exec_none'"],
  ])('tell about %s on standard error, with an exit code of their own', async (_name, args, code, text) => {
    const failed = await aitbc(args);
    expect({ code: failed.code, stdout: failed.stdout }).toEqual({ code, stdout: '' });
    expect(failed.stderr).toContain(text);
    expect(failed.stderr).not.toMatch(/^ +at /m);
  });

  it('say what to do when no platform answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const failed = await aitbc(['jobs', 'list', '--url', `http://127.0.0.1:${port}`]);
    expect({ code: failed.code, stdout: failed.stdout }).toEqual({ code: 7, stdout: '' });
    expect(failed.stderr).toContain('the connection was refused.\nStart the platform (`npm start`');
  });

  it('are JSON on standard error with --json', async () => {
    const failed = await aitbc(['executions', 'status', 'exec_none', '--json']);
    expect({ code: failed.code, stdout: failed.stdout }).toEqual({ code: 3, stdout: '' });
    expect(JSON.parse(failed.stderr)).toMatchObject({ exit_code: 3, status: 404, error: expect.any(String) });
  });
});
