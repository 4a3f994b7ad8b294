import { MINER_SESSION_HEADER } from '@aitbc/contracts';
import type { Miner } from '@aitbc/coordinator-domain';
import {
  bodyOf,
  type IdempotencyRecords,
  idempotent,
  isOpen,
  keepAnswer,
  principalOf,
  requireRole,
  sendAnswer,
  signalOf,
  validateBody,
} from '@aitbc/shared-core';
import { type Request, type Response, Router } from 'express';
import { jobReceiptView } from '../receipts';
import { HeartbeatDto, JobChunksDto, JobFailureDto, JobResultDto, PollDto, RegisterMinerDto } from './miner.dto';
import type { MinerService, RegisteredMiner } from './miner.service';
import { MinerWorkService } from './miner-work.service';

/** `/miners/…`: what miners themselves call; stands behind `authenticate`. */
export function createMinerWorkRouter(
  miners: MinerService,
  work: MinerWorkService,
  records: IdempotencyRecords,
  leaseSeconds: number,
): Router {
  const router = Router();
  const speaking = (req: Request): Promise<Miner> => miners.speaking(principalOf(req), req.get(MINER_SESSION_HEADER));

  const register = [requireRole('miner'), idempotent(records), validateBody(RegisterMinerDto)];
  router.post('/miners/register', ...register, async (req: Request, res: Response) => {
    const answer = ({ minerId, sessionToken }: RegisteredMiner) => ({
      status: 200,
      body: { status: 'ok', miner_id: minerId, session_token: sessionToken, lease_seconds: leaseSeconds },
    });
    const within = keepAnswer(req, answer, { replayable: false });
    sendAnswer(res, answer(await miners.register(principalOf(req), bodyOf(req, RegisterMinerDto), within)));
  });
  router.post('/miners/heartbeat', requireRole('miner'), validateBody(HeartbeatDto), async (req, res) => {
    const cancelled = await miners.heartbeat(await speaking(req), bodyOf(req, HeartbeatDto));
    res.json({ status: 'ok', lease_seconds: leaseSeconds, cancelled });
  });
  router.post('/miners/poll', requireRole('miner'), validateBody(PollDto), async (req, res) => {
    const patience = { seconds: bodyOf(req, PollDto).max_wait_seconds, signal: signalOf(req) };
    const job = await work.poll(await speaking(req), patience);
    if (!isOpen(res)) return;
    if (job) res.json(job);
    else res.status(204).end();
  });
  router.post('/miners/:job_id/result', requireRole('miner'), validateBody(JobResultDto), async (req, res) => {
    const receipt = await work.complete(await speaking(req), jobIdOf(req), bodyOf(req, JobResultDto));
    res.json({ status: 'ok', job_id: receipt.jobId, receipt: jobReceiptView(receipt) });
  });
  router.post('/miners/:job_id/chunks', requireRole('miner'), validateBody(JobChunksDto), async (req, res) => {
    const jobId = jobIdOf(req);
    await work.stream(await speaking(req), jobId, bodyOf(req, JobChunksDto));
    res.json({ status: 'ok', job_id: jobId });
  });
  router.post('/miners/:job_id/fail', requireRole('miner'), validateBody(JobFailureDto), async (req, res) => {
    const jobId = jobIdOf(req);
    const state = await work.fail(await speaking(req), jobId, bodyOf(req, JobFailureDto));
    res.json({ status: 'ok', job_id: jobId, state });
  });
  return router;
}

function jobIdOf(req: Request): string {
  return String(req.params['job_id']);
}
