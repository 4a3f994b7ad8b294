import type { JobClient, JobSubmission } from '@aitbc/contracts';
import { Job, JobReceipt, Miner } from '@aitbc/coordinator-domain';
import { type Database, generateSigningKey } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { CONSTRAINTS_SCHEMA, type JobLeases, type JobService } from '../jobs';
import { AGENT_CONTEXT_SUBJECT } from './local-job-client';
import { type JobClientBench, openJobClient, type Way } from './testing/job-clients';

const signal = new AbortController().signal;
const submission = (idempotencyKey: string): JobSubmission => ({
  serviceType: 'text_analysis',
  serviceRequest: { text: 'a fine day', tasks: ['language'] },
  clientId: 'alice',
  executionId: 'exec_1',
  stepId: 'analyse',
  agentId: 'agent_1',
  idempotencyKey,
});

describeAboveStores('the job client', (context) => {
  describe.each<Way>(['calls', 'HTTP'])('by %s', (way) => {
    let bench: JobClientBench;
    let db: Database;
    let jobs: JobService;
    let leases: JobLeases;
    let client: JobClient;

    beforeAll(async () => {
      bench = await openJobClient(context, way);
      ({ db, jobs, leases, client } = bench);
    });
    afterAll(() => bench.close());

    it('submits one job for one idempotency key, however often and concurrently it is asked', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => client.submit(submission('exec_1:analyse:1'))));
      expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
      const again = await client.submit(submission('exec_1:analyse:1'));
      expect(again).toEqual({ jobId: answers[0]?.jobId, state: 'QUEUED', error: undefined });
      expect((await client.submit(submission('exec_1:analyse:2'))).jobId).not.toBe(again.jobId);
    });

    it('submits for the owner of the execution', async () => {
      const { jobId } = await client.submit(submission('owner'));
      const job = await jobs.get({ subject: 'alice', role: 'client' }, jobId);
      expect(job).toMatchObject({ clientId: 'alice', submittedBy: AGENT_CONTEXT_SUBJECT, executionId: 'exec_1' });
    });

    it('refuses a request that breaks its schema', async () => {
      const bad = { ...submission('bad'), serviceRequest: { text: '' } };
      await expect(client.submit(bad)).rejects.toMatchObject({
        code: 'validation_failed',
        fields: expect.arrayContaining([expect.objectContaining({ pointer: '/payload/service_request/text' })]),
      });
    });

    it('tells of the end of its jobs, and what came of them', async () => {
      const { cursor } = await client.changes(undefined, 0, signal);
      const { jobId } = await client.submit(submission('end'));
      expect(await client.outcome(jobId)).toMatchObject({
        state: 'QUEUED',
        result: null,
        receipt: undefined,
        costUnits: 0,
      });
      const waiting = client.changes(cursor, 30, signal);
      const minerId = await completeNext(jobId);
      const changes = await waiting;
      expect(changes.jobIds).toEqual([jobId]);
      expect(await client.outcome(jobId)).toEqual({
        ...{ jobId, state: 'COMPLETED', error: undefined, result: { ok: true } },
        ...{ clientId: 'alice', serviceType: 'text_analysis' },
        ...{ receiptId: `rcpt_${jobId}`, receipt: 'a.b.c', costUnits: 7 },
      });
      expect(minerId).toBe('m');
      expect(await client.changes(changes.cursor, 0, signal)).toEqual({ jobIds: [], cursor: changes.cursor });
    });

    it('knows the kinds of jobs with their schemas, and who takes them', async () => {
      const kinds = await client.services();
      const whisper = kinds.find(({ type }) => type === 'whisper');
      expect(whisper).toMatchObject({ minersOnline: 2, models: expect.arrayContaining(['tiny', 'large-v3']) });
      expect(kinds.find(({ type }) => type === 'text_analysis')).toMatchObject({ minersOnline: 0, models: [] });
      expect(await client.serviceSchema('whisper')).toEqual(whisper?.schema);
      expect(kinds.map(({ constraints }) => constraints)).toEqual(kinds.map(() => CONSTRAINTS_SCHEMA));
      expect(await client.serviceSchema('toString')).toBeUndefined();
    });

    it('estimates from jobs that were completed, and not at all without any', async () => {
      expect(await client.usualDurationMs('blender')).toBeUndefined();
      const { jobId } = await client.submit(submission('estimate'));
      await db.write(async (manager) => {
        await manager.delete(JobReceipt, { clientId: 'alice' });
        await manager.delete(Job, { state: 'COMPLETED' });
      });
      const times = { requestedAt: 1_000, finishedAt: 4_000 };
      await db.write((manager) => manager.update(Job, { id: jobId }, { state: 'COMPLETED', ...times }));
      await client.submit(submission('still queued'));
      expect(await client.usualDurationMs('text_analysis')).toBe(3_000);
    });

    it('cancels by key a job of its own once, and leaves final, foreign and unknown ones as they are', async () => {
      const { jobId } = await client.submit(submission('cancel'));
      await client.cancel('cancel');
      await client.cancel('cancel');
      await client.cancel('never submitted');
      expect(await client.outcome(jobId)).toMatchObject({ state: 'CANCELED', costUnits: 0 });
      const foreign = await jobs.submit({ ...submission('x'), constraints: {}, ttlSeconds: 9, submittedBy: 'alice' });
      await client.cancel('x');
      expect(await client.outcome(foreign.id)).toBeUndefined();
      expect((await jobs.get({ subject: 'alice', role: 'client' }, foreign.id)).state).toBe('QUEUED');
    });

    /** A miner that works off the queue until it has completed this job. */
    async function completeNext(jobId: string): Promise<string> {
      const minerKey = generateSigningKey().jwk;
      const now = Date.now();
      const nothing = { services: null, cuda: null, cudaNumber: null, region: null, sessionHash: null, metadata: null };
      const times = { lastHeartbeatAt: now, registeredAt: now, updatedAt: now, removedAt: null, version: 1 };
      const offer = { models: [], gpus: [], price: 7, concurrency: 64, status: 'available', inflight: 0 };
      const miner = { id: 'm', ownerId: 'o', publicKey: minerKey, ...nothing, ...times, ...offer } satisfies Miner;
      await db.write((manager) => manager.insert(Miner, miner));
      for (;;) {
        const job = await leases.claim('m', null, { seconds: 0, signal });
        if (!job) throw new Error(`the queue has no job ${jobId}`);
        if (job.job_id !== jobId) continue;
        const id = `rcpt_${jobId}`;
        const receipt = { id, jobId, clientId: 'alice', minerId: 'm', cost: 7, jws: 'a.b.c', minerKey, issuedAt: now };
        const done = { jobId, minerId: 'm', attempt: 1, result: '{"ok":true}', metrics: null, completedAt: now };
        await leases.complete(done, receipt);
        return 'm';
      }
    }
  });
});
