import type { MirroredRequest } from '../mirror/mirrored-request';
import type { Answer, Reply } from '../mirror/side';

interface Parts {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly type?: string;
}

/** A side's answer with a body of JSON, or of text where another media type is given. */
export function answer(body: unknown, { status = 200, headers = {}, type = 'application/json' }: Parts = {}): Answer {
  const text = type.includes('json') ? JSON.stringify(body) : String(body);
  return { status, headers: new Headers({ 'content-type': type, ...headers }), body: text };
}

export function read(changes: Partial<MirroredRequest> = {}): MirroredRequest {
  const path = '/api/v1/agent/agents/agent_1';
  return { method: 'GET', path, target: path, headers: {}, at: 0, ...changes };
}

/** A side that gives these replies one after another, and the last one again and again. */
export function sideOf(...replies: [Reply, ...Reply[]]) {
  const asked: string[] = [];
  const ask = async (_request: MirroredRequest, requestId: string): Promise<Reply> => {
    asked.push(requestId);
    return replies[Math.min(asked.length, replies.length) - 1] ?? replies[0];
  };
  return { ask, asked };
}
