import { type Actor, actor, unique } from './testing/actors';
import { ran } from './testing/executions';
import { eventually } from './testing/eventually';
import { allOf } from './testing/pages';
import { WEBHOOKS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT, stored } from './testing/shapes';
import { created, dataStep } from './testing/workflows';

/** A name that no name server knows (RFC 2606): nothing leaves the service that is judged. */
const url = 'https://hooks.invalid/in';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

const made = async (more: object = {}, owner = alice) => (await owner.http.post(WEBHOOKS, { url, ...more })).body;
const keyed = (path: string, key: string, status: number, body?: object) =>
  alice.http.call('post', path, { status, headers: { 'idempotency-key': key }, ...(body && { body }) });

describe('webhooks', () => {
  it('are created with a secret that is shown once, read, changed and removed', async () => {
    const wish = {
      event_types: ['execution.*', 'step.failed'],
      description: 'Ends',
      workflow_id: await created(alice),
    };
    const { secret, ...webhook } = await made(wish);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32,}=*$/);
    expect(webhook).toEqual({
      ...stored(alice.subject),
      ...wish,
      ...{ id: expect.stringMatching(idOf('wh')), url, active: true },
      ...{ disabled_reason: null, disabled_at: null, failing_since: null, previous_secret_until: null },
    });
    const path = `${WEBHOOKS}/${webhook.id}`;
    expect((await alice.http.get(path)).body).toEqual(webhook);
    const changed = (await alice.http.patch(path, { active: false, workflow_id: null })).body;
    expect(changed).toMatchObject({ active: false, workflow_id: null, disabled_at: expect.stringMatching(INSTANT) });
    await alice.http.delete(path);
    expectProblem(await alice.http.get(path, 404));
    expectProblem(await alice.http.patch(path, {}, 404));
    expectProblem(await alice.http.delete(path, 404));
  });

  it('are listed page by page, without their secrets', async () => {
    const owner = await actor('client');
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push((await made({}, owner)).id);
    const all = await allOf<{ id: string }>(owner, `${WEBHOOKS}?limit=2`);
    expect(all.map(({ id }) => id)).toEqual(ids.toReversed());
    expect(JSON.stringify(all)).not.toContain('whsec_');
  });

  it('are their owner’s only', async () => {
    const { id } = await made();
    const bob = await actor('client');
    const path = `${WEBHOOKS}/${id}`;
    expectProblem(await bob.http.get(path, 404));
    expectProblem(await bob.http.get(`${path}/deliveries`, 404));
    expectProblem(await bob.http.get(`${path}/deliveries/whd_none`, 404));
    for (const action of ['rotate-secret', 'test', 'replay', 'deliveries/whd_none/replay']) {
      expectProblem(await bob.http.post(`${path}/${action}`, undefined, 404));
    }
    expect(await allOf(bob, WEBHOOKS)).toEqual([]);
  });

  it.each([
    ['the service itself', 'http://127.0.0.1:80/', '/url'],
    ['loopback as a number', 'https://2130706433/', '/url'],
    ['loopback of IPv6', 'https://[::1]/', '/url'],
    ['mapped metadata', 'https://[::ffff:169.254.169.254]/', '/url'],
    ['a private network', 'https://192.168.1.1/', '/url'],
    ['a file', 'file:///etc/hosts', '/url'],
  ])('lead to no place that is nobody’s business: %s', async (_what, target, pointer) => {
    expectProblem(await alice.http.post(WEBHOOKS, { url: target }, 422), [pointer]);
    const { id } = await made();
    expectProblem(await alice.http.patch(`${WEBHOOKS}/${id}`, { url: target }, 422), [pointer]);
  });

  it('want known events, of a workflow that is there', async () => {
    const bad = { url: 1, event_types: ['job.done'], active: 'yes', surprise: 1 };
    const pointers = ['/url', '/event_types', '/active', '/surprise'];
    expectProblem(await alice.http.post(WEBHOOKS, bad, 422), pointers);
    expectProblem(await alice.http.post(WEBHOOKS, { url, workflow_id: 'wf_none' }, 422), ['/workflow_id']);
  });

  it('are 50 for each owner at most', async () => {
    const owner = await actor('client');
    for (let count = 0; count < 50; count += 1) await made({}, owner);
    expectProblem(await owner.http.post(WEBHOOKS, { url }, 409));
  });

  it('are made once for a key, whose secret is not shown again', async () => {
    const key = unique('key');
    await keyed(WEBHOOKS, key, 201, { url });
    expectProblem(await keyed(WEBHOOKS, key, 409, { url }));
    expectProblem(await keyed(WEBHOOKS, key, 422, { url, description: 'Another' }), ['Idempotency-Key']);
  });

  it('get a new secret beside the old one', async () => {
    const { id, secret } = await made();
    const key = unique('key');
    const path = `${WEBHOOKS}/${id}/rotate-secret`;
    const { body } = await keyed(path, key, 200, { overlap_seconds: 60 });
    expect(body).toMatchObject({ id, previous_secret_until: expect.stringMatching(INSTANT) });
    expect(body.secret).not.toBe(secret);
    expectProblem(await keyed(path, key, 409, { overlap_seconds: 60 }));
    expectProblem(await alice.http.post(path, { overlap_seconds: -1 }, 422), ['/overlap_seconds']);
  });
});

describe('deliveries of webhooks', () => {
  it('are there for each event that is wanted, with what is sent', async () => {
    const { id } = await made({ event_types: ['execution.completed'] });
    const { execution_id: execution } = await ran(alice, { steps: { a: dataStep() } });
    const path = `${WEBHOOKS}/${id}/deliveries`;
    const list = async () => (await alice.http.get(`${path}?execution_id=${String(execution)}`)).body.items;
    const [delivery] = await eventually(list, (items) => items.length === 1);
    expect(delivery).toMatchObject({
      id: expect.stringMatching(idOf('whd')),
      webhook_id: id,
      execution_id: execution,
      event_type: 'execution.completed',
      seq: expect.any(Number),
    });
    const { body } = await alice.http.get(`${path}/${delivery.id}`);
    expect(body.event).toMatchObject({ specversion: '1.0', type: 'com.aitbc.execution.completed', subject: execution });
    expectProblem(await alice.http.get(`${path}/whd_none`, 404));
    expectProblem(await alice.http.post(`${path}/whd_none/replay`, undefined, 404));
    expectProblem(await alice.http.get(`${path}?status=lost`, 422), ['?status']);
  });

  it('tell of a test what came of it, and are sent again when they are dead', async () => {
    const { id } = await made();
    const path = `${WEBHOOKS}/${id}`;
    const key = unique('key');
    const { body: test, headers } = await keyed(`${path}/test`, key, 202);
    expect(test).toMatchObject({ event_type: 'webhook.test', execution_id: null, seq: null, status: 'pending' });
    expect((await keyed(`${path}/test`, key, 202)).body).toEqual(test);
    expectProblem(await keyed(`${path}/test`, 'k'.repeat(201), 422), ['Idempotency-Key']);
    const place = String(headers['location']);
    const dead = () =>
      eventually(
        async () => (await alice.http.get(place)).body,
        ({ status }) => status === 'dead',
      );
    expect(await dead()).toMatchObject({ attempts: 1, last_status_code: null, last_error: expect.any(String) });
    await alice.http.post(`${place}/replay`, undefined, 202);
    await dead();
    expect((await alice.http.post(`${path}/replay`, {}, 202)).body).toEqual({ replayed: 1, next_after: null });
    expectProblem(await alice.http.post(`${path}/replay`, { since: 'yesterday' }, 422), ['/since']);
    await alice.http.patch(path, { active: false });
    expectProblem(await alice.http.post(`${path}/test`, undefined, 409));
  });
});
