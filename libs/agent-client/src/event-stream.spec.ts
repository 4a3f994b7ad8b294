import { agentApi } from './agent-api';
import { followEvents, followExecution, type FollowedEvent } from './event-stream';

const backoff = { initialMs: 1, maximumMs: 1 };
const event = (id: number) => `event: step.completed\nid: ${id}\ndata: {"id":"exec_1/${id}"}\n\n`;
const over = () => new Response(null, { status: 204 });

/** A stream of these pieces, which breaks off unless it ends. */
function stream(pieces: string[], { breaks = false, onCancel = (): void => undefined } = {}) {
  const bytes = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (breaks) controller.error(new Error('broken'));
      else controller.close();
    },
    cancel: onCancel,
  });
  return new Response(bytes, { headers: { 'content-type': 'text/event-stream' } });
}

/** An agent service that gives these answers, and what it was asked. */
function service(...answers: Response[]) {
  const asked: { path: string; lastId: string | null; accept: string | null; stream: boolean }[] = [];
  const fetch =
    (_waitSeconds = 0, { stream = false } = {}) =>
    (request: Request) => {
      const { headers } = request;
      const path = request.url.replace('http://agents/api/v1/agent', '');
      asked.push({ path, lastId: headers.get('last-event-id'), accept: headers.get('accept'), stream });
      return Promise.resolve(answers.shift() ?? over());
    };
  return { api: agentApi({ fetch }, 'http://agents'), asked };
}

async function idsOf(events: AsyncIterable<FollowedEvent>): Promise<string[]> {
  const read: string[] = [];
  for await (const { data } of events) read.push(data.id);
  return read;
}

const { signal } = new AbortController();

it('follows an execution after its last event over as many connections as it takes, to its end', async () => {
  const { api, asked } = service(
    stream([event(1), event(2).slice(0, 20), event(2).slice(20)], { breaks: true }),
    stream([': nothing new\n\n']),
    stream([event(3)]),
  );
  expect(await idsOf(followExecution(api, 'exec/1', { after: 0 }, { signal, backoff }))).toEqual([
    ...['exec_1/1', 'exec_1/2', 'exec_1/3'],
  ]);
  const request = { path: '/executions/exec%2F1/events?after=0', accept: 'text/event-stream', stream: true };
  expect(asked).toEqual([null, '2', '2', '3'].map((lastId) => ({ ...request, lastId })));
});

it('follows all executions that are meant, and leaves the connection with whoever reads', async () => {
  let cancelled = false;
  const onCancel = (): void => void (cancelled = true);
  const { api, asked } = service(stream([event(1), event(2), event(3)], { onCancel }));
  const query = { type: ['step.completed', 'step.failed'], workflow_id: 'wf_1' };
  for await (const first of followEvents(api, query, { signal, backoff })) {
    expect(first).toEqual({ event: 'step.completed', id: '1', data: { id: 'exec_1/1' } });
    break;
  }
  expect(cancelled).toBe(true);
  expect(asked).toMatchObject([{ path: '/events?type=step.completed,step.failed&workflow_id=wf_1' }]);
});

it('ends with what the service refuses, and with its signal', async () => {
  const problem = { code: 'not_found', detail: "no execution 'x'" };
  const refused = service(Response.json(problem, { status: 404 }));
  const following = followExecution(refused.api, 'x', {}, { signal, backoff });
  await expect(following.next()).rejects.toMatchObject({ code: 'not_found', message: "no execution 'x'" });
  const left = new AbortController();
  const { api, asked } = service(stream([event(1)]));
  const events = followExecution(api, 'exec_1', {}, { signal: left.signal, backoff });
  await events.next();
  left.abort(new Error('enough'));
  await expect(events.next()).rejects.toThrow('enough');
  expect(asked).toHaveLength(1);
});
