import { MINER_SESSION_HEADER } from '@aitbc/contracts';
import type { Miner } from '@aitbc/coordinator-domain';
import { bodyOf, isOpen, principalOf, requireRole, signalOf, validateBody } from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { jobReceiptView } from '../receipts';
import { HeartbeatDto, JobFailureDto, JobResultDto, PollDto, RegisterMinerDto } from './miner.dto';
import { MinerService } from './miner.service';
import { MinerWorkService } from './miner-work.service';

/** `/miners/…`: what miners themselves call; stands behind `authenticate`. */
export function createMinerWorkRouter(miners: MinerService, work: MinerWorkService, leaseSeconds: number): Router {
  const router = Router();
  const speaking = (req: Request): Promise<Miner> => miners.speaking(principalOf(req), req.get(MINER_SESSION_HEADER));

  router.post('/miners/register', requireRole('miner'), validateBody(RegisterMinerDto), async (req, res) => {
    const { minerId, sessionToken } = await miners.register(principalOf(req), bodyOf(req, RegisterMinerDto));
    res.json({ status: 'ok', miner_id: minerId, session_token: sessionToken, lease_seconds: leaseSeconds });
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
