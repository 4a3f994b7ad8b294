import type { ExecutionReceiptSummary } from '@aitbc/contracts';
import type { Response } from 'supertest';
import { AppError, newId } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const PATH = '/explorer/receipts';

describeAboveStores('the explorer of receipts', (context) => {
  let app: CoordinatorApp;
  /** All receipts in the order of their issue: job, execution, job, execution. */
  const ids: string[] = [];

  beforeAll(async () => {
    app = await openCoordinatorApp(context);
    const session = await app.register('operator', 'm-1');
    for (let n = 0; n < 2; n += 1) {
      await app.submit();
      ids.push(await app.completeNext(session, 'm-1'));
      ids.push(issueExecutionReceipt());
    }
  });

  function issueExecutionReceipt(): string {
    const id = newId('rcpt');
    const hashes = { inputsHash: 'a'.repeat(64), resultHash: undefined, stepsRoot: 'b'.repeat(64) };
    const receipt: ExecutionReceiptSummary = {
      ...{ id, executionId: 'exec_1', status: 'failed', verified: false, totalCost: 0.5, issuedAt: Date.now() },
      ...hashes,
    };
    app.agents.executionReceipts.push(receipt);
    return id;
  }

  const list = (query = '', subject = 'other') => app.call(subject, 'get', `${PATH}${query}`);
  const idsOf = (body: { items: { id: string }[] }): string[] => body.items.map(({ id }) => id);

  it('shows both kinds, newest first, to any principal', async () => {
    for (const subject of ['other', 'rival', 'root']) {
      expect(idsOf((await list('', subject).expect(200)).body)).toEqual(ids.toReversed());
    }
  });

  it('shows hashes and cost, and nothing of whose it is or what went in', async () => {
    const { body, text } = await list();
    expect(body.items[0]).toEqual({
      ...{ id: ids[3], kind: 'execution', subject_id: 'exec_1', status: 'failed', verified: false, cost: 0.5 },
      ...{ inputs_hash: 'a'.repeat(64), result_hash: null, steps_root: 'b'.repeat(64) },
      issued_at: expect.stringMatching(/Z$/),
    });
    const receipt = (await app.call('client', 'get', `/jobs/${body.items[1].subject_id}/receipt`).expect(200)).body;
    expect(body.items[1]).toEqual({
      ...{ id: receipt.id, kind: 'job', subject_id: receipt.job_id, status: 'COMPLETED', verified: true, cost: 0.25 },
      ...{ inputs_hash: receipt.payload.request_hash, result_hash: receipt.payload.result_hash, steps_root: null },
      issued_at: receipt.issued_at,
    });
    for (const secret of ['a day', '"client"', receipt.jws]) expect(text).not.toContain(secret);
  });

  it('is walked by the cursor across both kinds, with nothing twice and nothing lost', async () => {
    for (const limit of [1, 2, 3]) {
      const seen: string[] = [];
      for (let query: string | undefined = `?limit=${limit}&count=true`; query !== undefined;) {
        const response: Response = await list(query).expect(200);
        expect(response.headers['x-total-count']).toBe('4');
        seen.push(...idsOf(response.body));
        const next: string | null = response.body.next_cursor;
        query = next === null ? undefined : `?limit=${limit}&count=true&cursor=${next}`;
      }
      expect(seen).toEqual(ids.toReversed());
    }
  });

  it('skips an offset that is small', async () => {
    expect(idsOf((await list('?offset=1&limit=2').expect(200)).body)).toEqual([ids[2], ids[1]]);
    const { body } = await list('?offset=1001').expect(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer: '?offset' })]);
  });

  it('shows one kind alone, and refuses others', async () => {
    expect(idsOf((await list('?kind=job')).body)).toEqual([ids[2], ids[0]]);
    expect(idsOf((await list('?kind=execution')).body)).toEqual([ids[3], ids[1]]);
    await list('?kind=other').expect(422);
  });

  it('is 503 rather than a list with holes when nobody can tell of executions', async () => {
    app.agents.failure = new AppError('dependency_unavailable', 'the agent service is away');
    const answer = await list().expect(503);
    expect(answer.headers['retry-after']).toBeDefined();
    expect(idsOf((await list('?kind=job').expect(200)).body)).toEqual([ids[2], ids[0]]);
    app.agents.failure = undefined;
  });
});
