import { writeFileSync } from 'node:fs';
import { BuiltPlatform } from './testing/built-platform';
import { runCli } from './testing/cli-process';

/** Waits for a signal, and fails when it is told to. */
const WORKFLOW = `
name: Approval
steps:
  ask:
    name: Ask
    step_type: data_processing
    config: { wait_for: { signal: approve } }
  check:
    name: Check
    step_type: data_processing
    config: { expression: '$steps.ask.output.ok ? $steps.ask.output : $number("no number")' }
dependencies: { check: [ask] }
`;

/** Each command is a process of its own. */
jest.setTimeout(120_000);

const platform = new BuiltPlatform();
let workflow: string;

beforeAll(async () => {
  await platform.start();
  const path = platform.folder.file('approval.yaml');
  writeFileSync(path, WORKFLOW);
  workflow = (await json(['workflows', 'apply', path])).id;
}, 60_000);
afterAll(() => platform.stop());

function aitbc(args: readonly string[]) {
  const environment = platform.clientEnvironment;
  return runCli(args, { cwd: platform.folder.path, environment });
}

async function json(args: readonly string[]) {
  const result = await aitbc([...args, '--json']);
  expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
  return result.json();
}

const started = async (): Promise<string> => (await json(['workflows', 'run', workflow])).execution_id;
const executions = (...args: string[]) => json(['executions', ...args]);

describe('an execution', () => {
  it('is paused, resumed, and goes on with a signal to its end', async () => {
    const id = await started();
    expect(await executions('pause', id, '--reason', 'lunch')).toMatchObject({ status: 'paused' });
    expect(await aitbc(['executions', 'pause', id])).toMatchObject({ code: 6 });
    await executions('resume', id);
    const sent = await executions('signal', id, 'approve', '--data', '{"ok": true}');
    expect(sent).toMatchObject({ execution_id: id, name: 'approve' });
    expect(await executions('watch', id)).toMatchObject({
      status: 'completed',
      final_result: { check: { ok: true } },
    });
    expect(await aitbc(['executions', 'resume', id])).toMatchObject({ code: 6 });
    expect(await aitbc(['executions', 'signal', id, 'approve'])).toMatchObject({ code: 6 });
  });

  it('that failed is retried with what it has completed, or from a step on', async () => {
    const id = await started();
    await executions('signal', id, 'approve', '--data', 'no');
    expect(await aitbc(['executions', 'watch', id])).toMatchObject({ code: 1 });
    const retried = await aitbc(['executions', 'retry', id, '--wait', '--json']);
    expect({ code: retried.code, state: retried.json() }).toMatchObject({
      code: 1,
      state: { status: 'failed', retry_of: id, step_states: { ask: { adopted_from: id } } },
    });
    const again = await executions('retry', id, '--from-step', 'ask');
    await executions('signal', again.execution_id, 'approve', '--data', '{"ok": 1}');
    expect(await executions('watch', again.execution_id)).toMatchObject({ final_result: { check: { ok: 1 } } });
    expect(await aitbc(['executions', 'retry', id, '--from-step', 'nowhere'])).toMatchObject({ code: 5 });
  });

  it('of another owner, or none, is not found by any of them', async () => {
    for (const args of [['pause'], ['resume'], ['retry'], ['signal', 'approve']]) {
      const [name = '', ...more] = args;
      expect(await aitbc(['executions', name, 'exec_none', ...more])).toMatchObject({ code: 3, stdout: '' });
    }
  });
});

describe('many executions', () => {
  it('are cancelled and retried by what they have in common', async () => {
    const ids = [await started(), await started(), await started()];
    const cancelled = await aitbc([
      'executions',
      'cancel-all',
      '--workflow',
      workflow,
      '--limit',
      '2',
      '--reason',
      'x',
    ]);
    expect(cancelled).toMatchObject({ code: 0, stdout: '2 cancelled.\n' });
    expect(cancelled.stderr).toContain('More match: do it again.');
    const named = ids.flatMap((id) => ['--execution', id]);
    expect(await executions('cancel-all', ...named)).toMatchObject({ cancelled: 1, more: false });
    const retry = ['retry-all', '--status', 'cancelled', ...named];
    expect(await executions(...retry)).toMatchObject({ retried: 3, unchanged: 0 });
    expect(await executions(...retry)).toMatchObject({ retried: 0 });
    const past = ['--from', '2020-01-01T00:00:00Z', '--until', '2020-01-02T00:00:00Z'];
    expect(await executions('cancel-all', ...past)).toMatchObject({ matched: 0 });
  });

  it('are left alone without a filter, or with one that makes no sense', async () => {
    for (const name of ['cancel-all', 'retry-all']) {
      expect(await aitbc(['executions', name])).toMatchObject({ code: 2, stdout: '' });
      expect(await aitbc(['executions', name, '--status', 'completed'])).toMatchObject({ code: 2 });
      expect(await aitbc(['executions', name, '--from', 'yesterday'])).toMatchObject({ code: 5 });
    }
  });
});
