import { type Actor, actor, admin, unique } from './testing/actors';
import { allOf } from './testing/pages';
import { VALIDATE, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT, stored } from './testing/shapes';
import { created, dataStep, workflowBody } from './testing/workflows';

let alice: Actor;
let bob: Actor;
beforeAll(async () => {
  alice = await actor('client');
  bob = await actor('client');
});

describe('creating workflows', () => {
  it('answers the whole workflow with its defaults', async () => {
    const body = workflowBody();
    const { body: answer, headers } = await alice.http.post(WORKFLOWS, body);
    expect(answer).toMatchObject({
      ...stored(alice.subject),
      ...body,
      steps: { only: { ...body.steps.only, timeout_seconds: 300, max_retries: 3, requires_proof: false } },
      tags: [],
      is_public: false,
      max_execution_time: 3_600,
      max_cost_budget: 0,
      requires_verification: true,
      verification_level: 'basic',
      version: 1,
    });
    expect(answer.id).toMatch(idOf('wf'));
    expect(headers['content-type']).toMatch(/^application\/json\b/);
    expect((await alice.http.get(`${WORKFLOWS}/${answer.id}`)).body).toEqual(answer);
  });

  it('keeps every field as it was sent', async () => {
    const retry_policy = {
      initial_interval_ms: 10,
      backoff_coefficient: 1.5,
      maximum_interval_ms: 20,
      jitter: false,
      non_retryable_errors: ['bad'],
    };
    const body = {
      name: 'Ω '.padEnd(100, 'n'),
      description: 'About «quotes», 🦜 and\nlines',
      tags: ['one', 'two'],
      is_public: true,
      steps: {
        first: dataStep('inputs', { timeout_seconds: 1, max_retries: 0, retry_policy, when: 'true' }),
        second_2: dataStep('$', {
          input_mappings: { text: 'steps.first.output', fixed: { literal: 'as it is' }, number: 1.5, list: [1] },
          output_mappings: { all: 'output' },
          requires_proof: false,
          verification_level: 'full',
        }),
      },
      dependencies: { second_2: ['first'] },
      outputs: { answer: 'steps.second_2.output' },
      max_execution_time: 604_800,
      max_cost_budget: 12.34567891,
      requires_verification: true,
      verification_level: 'full',
    };
    const { body: answer } = await alice.http.post(WORKFLOWS, body);
    expect(answer).toMatchObject(body);
  });

  it('takes 200 steps, a long chain among them', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `s${index}`);
    const steps = Object.fromEntries(ids.map((id) => [id, dataStep()]));
    const dependencies = Object.fromEntries(ids.slice(1).map((id, index) => [id, [`s${index}`]]));
    const { body } = await alice.http.post(WORKFLOWS, workflowBody({ steps, dependencies }));
    expect(Object.keys(body.steps)).toHaveLength(200);
  });
});

describe('who sees workflows', () => {
  it('shows private ones to their owner and to admins only', async () => {
    const id = await created(alice);
    await admin.get(`${WORKFLOWS}/${id}`);
    for (const path of [id, `${id}/versions`, `${id}/versions/1`]) {
      expectProblem(await bob.http.get(`${WORKFLOWS}/${path}`, 404));
    }
    expectProblem(await bob.http.post(`${WORKFLOWS}/${id}/execute`, {}, 404));
  });

  it('shows public ones to everybody, who may run but not change them', async () => {
    const id = await created(alice, { is_public: true });
    expect((await bob.http.get(`${WORKFLOWS}/${id}`)).body.owner_id).toBe(alice.subject);
    expect((await bob.http.get(`${WORKFLOWS}/${id}/versions/1`)).body).toMatchObject({ version: 1 });
    await bob.http.post(`${WORKFLOWS}/${id}/execute`, { inputs: { n: 1 } }, 202);
    expectProblem(await bob.http.put(`${WORKFLOWS}/${id}`, workflowBody(), 404));
    expectProblem(await bob.http.delete(`${WORKFLOWS}/${id}`, 404));
  });
});

describe('lists of workflows', () => {
  it('holds own and public ones, by owner, visibility and tags', async () => {
    const [here, there] = [unique('t'), unique('t')];
    const own = await created(alice, { tags: [here] });
    const open = await created(alice, { tags: [here, there], is_public: true });
    const idsOf = async (who: Actor, query: string) =>
      (await allOf<{ id: string }>(who, `${WORKFLOWS}?${query}`)).map(({ id }) => id).sort();
    expect(await idsOf(alice, `tags=${here}`)).toEqual([own, open].sort());
    expect(await idsOf(bob, `tags=${here}`)).toEqual([open]);
    expect(await idsOf(alice, `tags=${here},${there}`)).toEqual([open]);
    expect(await idsOf(alice, `tags=${here}&is_public=false`)).toEqual([own]);
    expect(await idsOf(bob, `tags=${here}&owner_id=${alice.subject}`)).toEqual([open]);
    expect(await idsOf(alice, `tags=${here}&owner_id=${bob.subject}`)).toEqual([]);
  });

  it('goes page by page, with a total on request', async () => {
    const tag = unique('t');
    const ids = [];
    for (let count = 0; count < 5; count += 1) ids.push(await created(alice, { tags: [tag] }));
    const first = await alice.http.get(`${WORKFLOWS}?tags=${tag}&limit=2&count=true`);
    expect(first.headers['x-total-count']).toBe('5');
    expect(first.body.items).toHaveLength(2);
    const all = await allOf<{ id: string }>(alice, `${WORKFLOWS}?tags=${tag}&limit=2`);
    expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const skipped = await alice.http.get(`${WORKFLOWS}?tags=${tag}&offset=3`);
    expect(skipped.body).toMatchObject({ items: [expect.anything(), expect.anything()], next_cursor: null });
  });
});

describe('versions', () => {
  it('come from updates, are listed, and never change', async () => {
    const id = await created(alice);
    const first = (await alice.http.get(`${WORKFLOWS}/${id}/versions/1`)).body;
    const update = workflowBody({ description: 'second', tags: ['x'] });
    const { body } = await alice.http.put(`${WORKFLOWS}/${id}`, update);
    expect(body).toMatchObject({ id, version: 2, ...update });
    expect((await alice.http.get(`${WORKFLOWS}/${id}`)).body).toEqual(body);
    expect((await alice.http.get(`${WORKFLOWS}/${id}/versions/1`)).body).toEqual(first);
    expect((await alice.http.get(`${WORKFLOWS}/${id}/versions/2`)).body).toMatchObject(update);
    const versions = await allOf<{ version: number; created_at: string }>(alice, `${WORKFLOWS}/${id}/versions?limit=1`);
    expect(versions.map(({ version }) => version).sort()).toEqual([1, 2]);
    for (const { created_at } of versions) expect(created_at).toMatch(INSTANT);
  });

  it.each(['3', '0', '-1', '01', '1.0', 'x'])('has no version %s', async (version) => {
    const id = await created(alice);
    expectProblem(await alice.http.get(`${WORKFLOWS}/${id}/versions/${version}`, 404));
  });
});

describe('deleting workflows', () => {
  it('hides them for good', async () => {
    const id = await created(alice, { is_public: true });
    await alice.http.delete(`${WORKFLOWS}/${id}`);
    expectProblem(await alice.http.get(`${WORKFLOWS}/${id}`, 404));
    expectProblem(await bob.http.get(`${WORKFLOWS}/${id}`, 404));
    expectProblem(await alice.http.put(`${WORKFLOWS}/${id}`, workflowBody(), 404));
    expectProblem(await alice.http.delete(`${WORKFLOWS}/${id}`, 404));
    expectProblem(await alice.http.post(`${WORKFLOWS}/${id}/execute`, {}, 404));
  });
});

describe('validating without storing', () => {
  it('tells the order and the critical path of a good workflow, which is then nowhere', async () => {
    const tag = unique('t');
    const steps = {
      a: dataStep('1', { timeout_seconds: 10 }),
      slow: dataStep('2', { timeout_seconds: 100 }),
      quick: dataStep('3', { timeout_seconds: 1 }),
      end: dataStep('4', { timeout_seconds: 10 }),
    };
    const dependencies = { slow: ['a'], quick: ['a'], end: ['slow', 'quick'] };
    const { body } = await alice.http.post(VALIDATE, workflowBody({ steps, dependencies, tags: [tag] }), 200);
    expect(body).toMatchObject({ valid: true, errors: [], critical_path: ['a', 'slow', 'end'] });
    expect([...body.execution_order].sort()).toEqual(['a', 'end', 'quick', 'slow']);
    expect(body.execution_order[0]).toBe('a');
    expect(body.execution_order[3]).toBe('end');
    expect((await alice.http.get(`${WORKFLOWS}?tags=${tag}`)).body.items).toEqual([]);
  });

  it('names what create would refuse', async () => {
    const bad = workflowBody({ surprise: 1, name: '' });
    const { body } = await alice.http.post(VALIDATE, bad, 200);
    expect(body.valid).toBe(false);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual(['/name', '/surprise']);
    const circle = workflowBody({ dependencies: { only: ['only'] } });
    expect((await alice.http.post(VALIDATE, circle, 200)).body).toMatchObject({ valid: false });
  });
});
