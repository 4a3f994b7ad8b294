import type { IncomingMessage } from 'node:http';
import { signalOf } from '@aitbc/shared-core';
import type { Request, Response } from 'express';
import { NobodyWaits } from './agent-circuit';
import type { AgentUpstream, UpstreamRequest } from './agent-upstream';
import { LONGEST_WAIT_SECONDS, targetOf, waitSecondsOf, withoutWait } from './agent-url';
import { hasBody, headersOnward } from './proxy-headers';

/**
 * Sends the request of a client on and gives the answer, once its head is there. A read may be held as long as it says
 * itself; of a write only the service knows, so that it gets the longest time that there is.
 *
 * When this process drains while a long poll is held, the poll is asked again without waiting: its caller gets the
 * present state from the service instead of a connection that is cut some seconds later. Whether the answer was already
 * on its way when that happened makes no difference, since a read may be asked twice.
 * @param marginMs what is added to that time
 * @throws NobodyWaits when the client left; Error when there is no answer
 */
export async function askOnward(
  upstream: AgentUpstream,
  req: Request,
  res: Response,
  marginMs: number,
): Promise<IncomingMessage> {
  const target = targetOf(req);
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  const wait = isRead ? waitSecondsOf(target) : undefined;
  const heldSeconds = isRead ? (wait ?? 0) : LONGEST_WAIT_SECONDS;
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  const request = {
    ...{ method: req.method, target, headers: headersOnward(req), signal: leaving.signal },
    body: hasBody(req) ? req : undefined,
    headMs: heldSeconds * 1_000 + marginMs,
  };
  res.once('close', leave);
  try {
    if (wait === undefined || request.body) return await upstream.send(request);
    return await sendLongPoll(upstream, request, signalOf(req), marginMs);
  } catch (error) {
    throw isGone(req, res) ? new NobodyWaits() : error;
  } finally {
    res.off('close', leave);
  }
}

/** @param scope fires when the process drains, or the client leaves */
async function sendLongPoll(
  upstream: AgentUpstream,
  request: UpstreamRequest,
  scope: AbortSignal,
  marginMs: number,
): Promise<IncomingMessage> {
  try {
    return await upstream.send({ ...request, signal: scope });
  } catch (error) {
    if (!scope.aborted || request.signal.aborted) throw error;
    return upstream.send({ ...request, target: withoutWait(request.target), headMs: marginMs });
  }
}

/** The request's own socket knows it first: an upload that is cut fails before the response is closed. */
function isGone(req: Request, res: Response): boolean {
  return res.closed || req.socket.destroyed;
}
