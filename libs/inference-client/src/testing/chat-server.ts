import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { waitFor } from '@aitbc/shared-core/testing';

export interface ChatServer {
  readonly url: string;
  /** The completions that were asked for, in order. */
  readonly requests: { readonly authorization: string | undefined; readonly body: unknown }[];
  /** Statuses of the next completions, before it serves again. */
  failNext(...statuses: number[]): void;
  answerModels(status: number): void;
  /** Completions are never answered from now on. */
  hang(): void;
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * A server that speaks the OpenAI protocol; its "model" answers the prompt backwards and counts words as tokens, so
 * that tests can foretell its answers.
 */
export async function startChatServer(models: readonly string[]): Promise<ChatServer> {
  const requests: ChatServer['requests'] = [];
  const failures: number[] = [];
  let modelsStatus = 200;
  let hanging = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/models') return answer(response, modelsStatus, { data: models.map((id) => ({ id })) });
    const body = await readBody(request);
    requests.push({ authorization: request.headers.authorization, body });
    if (hanging) return;
    const failure = failures.shift();
    if (failure !== undefined) return answer(response, failure, { error: { message: 'as the test wants' } });
    answer(response, 200, completion(Object(body)));
  }

  const server = createServer((request, response) => void handle(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    failNext: (...statuses) => failures.push(...statuses),
    answerModels: (status) => (modelsStatus = status),
    hang: () => (hanging = true),
    received: (count) => waitFor(() => requests.length >= count).then(() => undefined),
    close: async () => {
      server.closeAllConnections();
      server.close();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function completion(request: { model: string; messages: { content: string }[] }): object {
  const prompt = request.messages[0]?.content ?? '';
  const tokens = prompt.split(' ').length;
  return {
    model: request.model,
    choices: [{ message: { role: 'assistant', content: [...prompt].reverse().join('') }, finish_reason: 'stop' }],
    usage: { prompt_tokens: tokens, completion_tokens: tokens },
  };
}
