import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { SupervisedUnit } from './supervised-unit';

/** What is asked over the socket, and what is answered. */
interface Answer {
  readonly status: number;
  readonly body: object;
}

/**
 * Listens on a socket in the file system, where only its owner may ask: `GET /` (all states), `GET /<service>` (one),
 * `POST /<service>/start|stop|restart`, which answers when it has been done.
 */
export async function serveControl(path: string, units: ReadonlyMap<string, SupervisedUnit>): Promise<Server> {
  const server = createServer((req, res) => {
    void answerTo(req, units).then(({ status, body }) => {
      res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  // Left behind by one that was killed: whoever calls us holds the lock.
  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ path, readableAll: false, writableAll: false }, resolve);
  });
  return server;
}

async function answerTo(
  { method, url = '' }: IncomingMessage,
  units: ReadonlyMap<string, SupervisedUnit>,
): Promise<Answer> {
  const [, name = '', verb = ''] = url.split('/');
  if (method === 'GET' && name === '') return { status: 200, body: [...units.values()].map(({ state }) => state) };
  const unit = units.get(name);
  const act = unit && (method === 'GET' ? () => undefined : verbsOf(unit)[verb]);
  if (!unit || !act) return { status: 404, body: { detail: `there is no service '${name}' that could '${verb}'` } };
  try {
    await act();
    return { status: 200, body: unit.state };
  } catch (error) {
    return { status: 500, body: { detail: error instanceof Error ? error.message : String(error) } };
  }
}

function verbsOf(unit: SupervisedUnit): Readonly<Record<string, () => Promise<void> | void>> {
  return { start: () => unit.start(), stop: () => unit.stop(), restart: () => unit.restart() };
}
