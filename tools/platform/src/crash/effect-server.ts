import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { EffectLog } from './effect-log';

export const MODEL = 'effects';
const QUICK_MS = 60;
const SLOW_MS = 2_500;
const AT_ONCE = { 'retry-after': '0' };

/**
 * An OpenAI-compatible endpoint whose answers are the effects of steps and of miners: each completion that it makes is
 * recorded under the request's idempotency key, or under the prompt where there is none (a miner's). Names of steps tell
 * how it behaves: `flaky` fails each try of the first attempt, `busy` refuses the first request of each attempt, `slow`
 * takes so long that the lease is renewed meanwhile.
 */
export class EffectServer {
  private readonly refused = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly log: EffectLog,
  ) {}

  static async start(log: EffectLog): Promise<EffectServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const effects = new EffectServer(server, log);
    server.on('request', (request, response) => void effects.handle(request, response));
    return effects;
  }

  get url(): string {
    const address = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    if (this.server.listening) await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/models') return answer(response, 200, { data: [{ id: MODEL }] });
    const prompt = await promptOf(request);
    const key = request.headers['idempotency-key']?.toString() ?? prompt;
    const refusal = this.refusalOf(key);
    if (refusal !== undefined) return answer(response, refusal, { error: { message: 'not now' } });
    await this.log.add(key);
    await delay(key.includes('slow') ? SLOW_MS : Math.random() * QUICK_MS);
    const choices = [{ message: { role: 'assistant', content: `did ${key}` }, finish_reason: 'stop' }];
    answer(response, 200, { model: MODEL, choices, usage: { prompt_tokens: 1, completion_tokens: 1 } });
  }

  private refusalOf(key: string): number | undefined {
    if (key.includes('flaky') && key.endsWith(':1')) return 500;
    if (!key.includes('busy') || this.refused.has(key)) return undefined;
    this.refused.add(key);
    return 429;
  }
}

async function promptOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { messages } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { messages: { content: string }[] };
  return messages[0]?.content ?? '';
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(status !== 200 && AT_ONCE) });
  response.end(JSON.stringify(body));
}
