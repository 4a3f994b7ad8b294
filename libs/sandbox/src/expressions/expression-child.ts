import { Socket } from 'node:net';
import { setImmediate as macrotask } from 'node:timers/promises';
import { ExpressionEvaluator } from './child/expression-evaluator';
import { endWithParent } from './child/parent-watch';
import { SchemaValidator } from './child/schema-validator';
import { LineReader } from './line-reader';
import { ChildRequest, EvaluateRequest, ItemReply, READY, SOCKET_FD } from './protocol';

/*
 * The main file of a child of the ExpressionPool. It holds no state that a request could depend on, so the parent may
 * kill it at any instant and ask another child again.
 */
const socket = new Socket({ fd: SOCKET_FD });
const evaluator = new ExpressionEvaluator();
const validator = new SchemaValidator();
const waiting: string[] = [];
let busy = false;

/**
 * Sends one reply and waits until the kernel has it. A pause for a macrotask comes first: promises that a failed
 * expression left running must end (or loop, and be killed for it) before the next one is begun.
 */
async function send(line: string): Promise<void> {
  await macrotask();
  await new Promise((written) => socket.write(`${line}\n`, written));
}

async function evaluateAll(request: EvaluateRequest): Promise<void> {
  let bytesLeft = request.maxOutputBytes;
  for (const expression of request.expressions) {
    const { line, bytes } = await evaluator.evaluate(expression, request, {
      softTimeoutMs: request.softTimeoutMs,
      maxOutputBytes: bytesLeft,
    });
    bytesLeft -= bytes;
    await send(line);
  }
}

async function handle(request: ChildRequest): Promise<void> {
  switch (request.op) {
    case 'evaluate':
      return evaluateAll(request);
    case 'parse':
      return send(JSON.stringify({ ok: evaluator.parse(request.expression) } satisfies ItemReply));
    case 'paths':
      return send(JSON.stringify({ ok: evaluator.paths(request.expression) } satisfies ItemReply));
    case 'validate':
      return send(JSON.stringify(validator.validate(request.schema, request.value)));
  }
}

async function drain(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) {
    await handle(JSON.parse(line) as ChildRequest);
  }
  busy = false;
}

/** The parent sees the closed socket, and blames the expression that was being evaluated. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** The first use of each evaluator is the dearest by far; it must not count against the time of some user's request. */
async function warmUp(): Promise<void> {
  const limits = { softTimeoutMs: 10_000, maxOutputBytes: 1_000 };
  await evaluator.evaluate('$sum(a.(b + $c))', { root: { a: [{ b: 1 }] }, bindings: { c: 1 } }, limits);
  validator.validate({ type: 'object', properties: { a: { type: 'string', format: 'date-time' } } }, { a: 'x' });
}

const reader = new LineReader(Infinity);
process.on('uncaughtException', endAtOnce);
// A promise that JSONata left behind when another part of the same expression failed: that failure is reported.
process.on('unhandledRejection', () => undefined);
endWithParent();
socket.setEncoding('utf8');
socket.on('data', (chunk: string) => {
  waiting.push(...reader.push(chunk));
  drain().catch(endAtOnce);
});
socket.on('close', endAtOnce);
socket.on('error', endAtOnce);
socket.on('end', endAtOnce);
warmUp().then(() => socket.write(`${READY}\n`), endAtOnce);
