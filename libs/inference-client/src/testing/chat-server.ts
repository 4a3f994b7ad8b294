import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { waitFor } from '@aitbc/shared-core/testing';

export interface ChatServer {
  readonly url: string;
  /** The completions that were asked for, in order. */
  readonly requests: {
    readonly authorization: string | undefined;
    readonly idempotencyKey: string | undefined;
    readonly traceparent: string | undefined;
    readonly body: unknown;
  }[];
  /** Gives what to answer to a completion instead of what the "model" would say; `undefined` lets it speak. */
  answerWith: (body: unknown, idempotencyKey: string | undefined) => ChatReply | undefined;
  /** Statuses of the next completions, before it serves again. */
  failNext(...statuses: number[]): void;
  answerModels(status: number): void;
  /** Awaited before each token of a streamed answer; its number counts from 1. */
  beforeToken: (number: number) => Promise<void>;
  /** Called when a caller leaves before its streamed answer has ended, or one that hangs has come. */
  onLeave: () => void;
  /** The next streamed answer is what this writes, after the headers. */
  streamNext(write: (response: ServerResponse) => void): void;
  /** Answers come as a whole from now on, streams or not. */
  cannotStream(): void;
  /** Completions are never answered from now on. */
  hang(): void;
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface ChatReply {
  readonly status: number;
  readonly body: object;
}

/**
 * A server that speaks the OpenAI protocol; its "model" answers the prompt backwards and counts words as tokens, so
 * that tests can foretell its answers. Asked for a stream, it gives them word by word.
 */
export async function startChatServer(models: readonly string[]): Promise<ChatServer> {
  const requests: ChatServer['requests'] = [];
  const failures: number[] = [];
  let modelsStatus = 200;
  const streams: ((response: ServerResponse) => void)[] = [];
  let canStream = true;
  let hanging = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/models') return answer(response, modelsStatus, { data: models.map((id) => ({ id })) });
    const body = await readBody(request);
    const { authorization, 'idempotency-key': key, traceparent } = request.headers;
    requests.push({ authorization, idempotencyKey: key?.toString(), traceparent: traceparent?.toString(), body });
    if (hanging) return void response.once('close', () => chat.onLeave());
    const failure = failures.shift();
    if (failure !== undefined) return answer(response, failure, { error: { message: 'as the test wants' } });
    const reply = chat.answerWith(body, key?.toString());
    if (reply) return answer(response, reply.status, reply.body);
    const asked = Object(body) as CompletionRequest;
    if (asked.stream !== true || !canStream) return answer(response, 200, completion(asked));
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    response.once('close', () => response.writableEnded || chat.onLeave());
    const write = streams.shift();
    if (write) write(response);
    else await streamCompletion(asked, response, (number) => chat.beforeToken(number));
  }

  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  const chat: ChatServer = {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answerWith: () => undefined,
    failNext: (...statuses) => failures.push(...statuses),
    answerModels: (status) => (modelsStatus = status),
    beforeToken: () => Promise.resolve(),
    onLeave: () => undefined,
    streamNext: (write) => streams.push(write),
    cannotStream: () => (canStream = false),
    hang: () => (hanging = true),
    received: (count) => waitFor(() => requests.length >= count).then(() => undefined),
    close: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
  return chat;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

interface CompletionRequest {
  readonly model: string;
  readonly messages: readonly { readonly content: string }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

function answerTo(request: CompletionRequest) {
  const prompt = request.messages[0]?.content ?? '';
  const tokens = prompt.split(' ').length;
  const usage = { prompt_tokens: tokens, completion_tokens: tokens };
  return { text: [...prompt].reverse().join(''), usage };
}

function completion(request: CompletionRequest): object {
  const { text, usage } = answerTo(request);
  const choices = [{ message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
  return { model: request.model, choices, usage };
}

/** A token is a word with the space before it. */
async function streamCompletion(
  request: CompletionRequest,
  response: ServerResponse,
  beforeToken: (number: number) => Promise<void>,
): Promise<void> {
  const { text, usage } = answerTo(request);
  const send = (chunk: object) => response.write(`data: ${JSON.stringify({ model: request.model, ...chunk })}\n\n`);
  for (const [index, token] of (text.match(/ ?[^ ]+/g) ?? []).entries()) {
    await beforeToken(index + 1);
    send({ choices: [{ delta: { content: token }, finish_reason: null }] });
  }
  send({ choices: [{ delta: {}, finish_reason: 'stop' }] });
  if (request.stream_options?.include_usage) send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}
