import { type Actor, actor } from './testing/actors';
import { ran, started, type Status, until } from './testing/executions';
import { EXECUTIONS, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT } from './testing/shapes';
import { created, dataStep, waitStep, workflowBody } from './testing/workflows';

/** Longer than the suite waits for anything: an answer that comes before was brought by what happened. */
const LONG = 60;

let alice: Actor;
let approval: string;
beforeAll(async () => {
  alice = await actor('client');
  const steps = { first: dataStep('1'), ask: waitStep({ signal: 'go' }) };
  approval = await created(alice, { steps, dependencies: { ask: ['first'] } });
});

const isWaiting = ({ status }: Status) => status === 'waiting';

/** An execution that waits for the signal `go`. */
async function asking(): Promise<string> {
  const id = await started(alice, approval);
  await until(alice, id, isWaiting);
  return id;
}

const act = async (id: string, action: string, body: object = {}, status = 200) =>
  (await alice.http.post(`${EXECUTIONS}/${id}/${action}`, body, status)).body;
const signal = (id: string, data: unknown, status = 202) => act(id, 'signals/go', { data }, status);

describe('pausing and resuming', () => {
  it('lets an execution rest, and go on where it was', async () => {
    const id = await asking();
    const paused = await act(id, 'pause', { reason: 'lunch' });
    expect(paused).toMatchObject({ status: 'paused', paused_at: expect.stringMatching(INSTANT) });
    await signal(id, 'kept');
    expect((await alice.http.get(`${EXECUTIONS}/${id}`)).body.status).toBe('paused');
    expect(await act(id, 'resume')).toMatchObject({ paused_at: null });
    expect(await until(alice, id)).toMatchObject({ status: 'completed', final_result: { ask: 'kept' } });
  });

  it('is refused where there is nothing to pause or resume', async () => {
    const id = await asking();
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/resume`, {}, 409));
    await act(id, 'pause');
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/pause`, {}, 409));
    await act(id, 'cancel');
    for (const action of ['pause', 'resume']) {
      expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/${action}`, {}, 409));
      expectProblem(await alice.http.post(`${EXECUTIONS}/exec_none/${action}`, {}, 404));
    }
  });
});

describe('signals', () => {
  it('end the wait of one step each, and are kept until one waits', async () => {
    const steps = { one: waitStep({ signal: 'go' }), two: waitStep({ signal: 'go' }) };
    const id = await started(alice, await created(alice, { steps, dependencies: { two: ['one'] } }));
    for (const data of [{ n: 1 }, [2]]) {
      expect(await signal(id, data)).toMatchObject({
        signal_id: expect.stringMatching(idOf('sig')),
        execution_id: id,
        name: 'go',
        sent_by: alice.subject,
        sent_at: expect.stringMatching(INSTANT),
      });
    }
    const { step_states } = await until(alice, id);
    expect(step_states).toMatchObject({ one: { output: { n: 1 } }, two: { output: [2] } });
  });

  it('are for executions that have not ended, with a name that is one', async () => {
    const id = await asking();
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/signals/1st`, { data: 1 }, 422), ['/name']);
    await act(id, 'cancel');
    expectProblem(await alice.http.post(`${EXECUTIONS}/${id}/signals/go`, { data: 1 }, 409));
    expectProblem(await alice.http.post(`${EXECUTIONS}/exec_none/signals/go`, { data: 1 }, 404));
  });
});

describe('retrying', () => {
  it('goes on with what was completed, on a version that mends the rest', async () => {
    const steps = { first: dataStep('1'), bad: dataStep('$number("x")') };
    const dependencies = { bad: ['first'] };
    const workflow = await created(alice, { steps, dependencies });
    const { execution_id: id } = await until(alice, await started(alice, workflow));
    const mended = workflowBody({ steps: { ...steps, bad: dataStep('$steps.first.output + 1') }, dependencies });
    await alice.http.put(`${WORKFLOWS}/${workflow}`, mended);
    const retry = await act(String(id), 'retry', { version: 2 }, 202);
    expect(retry).toMatchObject({ retry_of: id, workflow_version: 2 });
    expect(await until(alice, retry.execution_id)).toMatchObject({
      status: 'completed',
      final_result: { bad: 2 },
      step_states: { first: { adopted_from: id }, bad: { adopted_from: null } },
    });
    const again = await act(String(id), 'retry', { version: 2, from_step: 'first' }, 202);
    expect((await until(alice, again.execution_id)).step_states).toMatchObject({ first: { adopted_from: null } });
  });

  it('is for what has failed or was cancelled', async () => {
    const { execution_id: completed } = await ran(alice, { steps: { only: dataStep('1') } });
    for (const id of [completed, await asking()]) {
      expectProblem(await alice.http.post(`${EXECUTIONS}/${String(id)}/retry`, {}, 409));
    }
    const cancelled = await asking();
    await act(cancelled, 'cancel');
    const nowhere = await alice.http.post(`${EXECUTIONS}/${cancelled}/retry`, { from_step: 'nowhere' }, 422);
    expectProblem(nowhere, ['/from_step']);
    expectProblem(await alice.http.post(`${EXECUTIONS}/exec_none/retry`, {}, 404));
  });
});

describe('in bulk', () => {
  const bulk = async (action: string, body: object) =>
    (await alice.http.post(`${EXECUTIONS}/${action}`, body, 200)).body;

  it('executions are cancelled and retried by filter, up to a limit', async () => {
    const workflow_id = await created(alice, { steps: { ask: waitStep({ signal: 'go' }) } });
    for (let n = 0; n < 3; n += 1) await started(alice, workflow_id);
    expect(await bulk('cancel', { workflow_id, limit: 2 })).toEqual({
      matched: 2,
      cancelled: 2,
      unchanged: 0,
      more: true,
    });
    expect(await bulk('cancel', { workflow_id })).toMatchObject({ cancelled: 1, more: false });
    expect(await bulk('retry', { workflow_id, status: 'cancelled' })).toEqual({
      ...{ matched: 3, retried: 3 },
      ...{ unchanged: 0, more: false },
    });
    expect(await bulk('retry', { workflow_id })).toMatchObject({ matched: 0, retried: 0 });
    expect(await bulk('cancel', { workflow_id, status: 'completed' }).catch((error: Error) => error.message)).toContain(
      '422',
    );
    await bulk('cancel', { workflow_id });
  });

  it('others’ executions are none of them', async () => {
    const id = await asking();
    const bob = await actor('client');
    const { body } = await bob.http.post(`${EXECUTIONS}/cancel`, { execution_ids: [id] }, 200);
    expect(body.matched).toBe(0);
    expectProblem(await bob.http.post(`${EXECUTIONS}/cancel`, {}, 422));
  });
});

describe('waiting for news', () => {
  it('answers as soon as something happens', async () => {
    const id = await asking();
    const { event_seq: since } = (await alice.http.get(`${EXECUTIONS}/${id}`)).body;
    const readers = ['', '/status'].map((part) =>
      alice.http.get(`${EXECUTIONS}/${id}${part}?wait=${LONG}&since=${since}`),
    );
    await signal(id, 1);
    for (const { body } of await Promise.all(readers)) expect(body.event_seq).toBeGreaterThan(since);
  });

  it('answers at once what is known already, and how it is when the time is over', async () => {
    const id = await asking();
    const read = async (query: string) => (await alice.http.get(`${EXECUTIONS}/${id}/status?${query}`)).body;
    const { event_seq: newest } = await read('wait=0');
    expect(await read(`wait=${LONG}&since=0`)).toMatchObject({ status: 'waiting', event_seq: newest });
    expect(await read(`wait=1`)).toMatchObject({ status: 'waiting', event_seq: newest });
    await act(id, 'cancel');
    expect(await read(`wait=${LONG}`)).toMatchObject({ status: 'cancelled' });
  });

  it.each(['wait=61', 'wait=x', 'since=-1'])('refuses ?%s', async (query) => {
    const [name = ''] = query.split('=');
    expectProblem(await alice.http.get(`${EXECUTIONS}/exec_none?${query}`, 422), [`?${name}`]);
  });
});
