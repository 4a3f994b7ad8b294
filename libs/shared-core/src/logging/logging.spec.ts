import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../errors/app-error';
import { withLogContext } from './log-context';
import { createLogger, Logger, LogFormat, LogLevel } from './logger';
import { redact } from './redact';

function loggerInto(level: LogLevel = 'debug', format: LogFormat = 'json') {
  const destination = new PassThrough();
  const logger = createLogger({ service: 'test', level, format, destination });
  const text = () => String(destination.read() ?? '');
  const lines = () =>
    text()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, text };
}

describe('the logger', () => {
  it('writes one JSON line for each entry', () => {
    const { logger, lines } = loggerInto();
    logger.info('hello', { event: 'greeting', count: 2 });
    expect(lines()).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
        level: 'info',
        service: 'test',
        message: 'hello',
        event: 'greeting',
        count: 2,
      },
    ]);
  });

  it('adds the ids of the work at hand, through awaits and nesting, and of no other work', async () => {
    const { logger, lines } = loggerInto();
    const work = (id: string) =>
      withLogContext({ request_id: id }, async () => {
        await delay(1);
        await withLogContext({ execution_id: `exec_${id}` }, async () => {
          await delay(1);
          logger.info(id);
        });
      });
    await Promise.all([work('a'), work('b')]);
    logger.info('outside');
    expect(lines().map(({ message, request_id, execution_id }) => [message, request_id, execution_id])).toEqual([
      ['a', 'a', 'exec_a'],
      ['b', 'b', 'exec_b'],
      ['outside', undefined, undefined],
    ]);
  });

  it('leaves out what is below its level', () => {
    const { logger, lines } = loggerInto('warn');
    for (const level of ['debug', 'info', 'warn', 'error'] as const) logger[level](level);
    expect(lines().map(({ message }) => message)).toEqual(['warn', 'error']);
  });

  it('gives children their own fields', () => {
    const { logger, lines } = loggerInto();
    const child: Logger = logger.child({ worker: 1 }).child({ step_id: 'a' });
    child.info('x', { step_id: 'b' });
    logger.info('y');
    expect(lines()).toEqual([
      expect.objectContaining({ worker: 1, step_id: 'b' }),
      expect.not.objectContaining({ worker: 1 }),
    ]);
  });

  it('describes errors with code, stack and causes', () => {
    const { logger, lines } = loggerInto();
    logger.error('failed', {
      error: new AppError('internal', 'shown', { cause: Object.assign(new Error('root'), { code: 'EIO' }) }),
    });
    expect(lines()[0]?.error).toMatchObject({
      name: 'AppError',
      message: 'shown',
      code: 'internal',
      stack: expect.stringContaining('logging.spec'),
      cause: { message: 'root', code: 'EIO' },
    });
  });

  it('keeps message, level and service when fields have their names', () => {
    const { logger, lines } = loggerInto();
    logger.info('kept', { message: 'other', level: 'loud', service: 'x' });
    expect(lines()[0]).toMatchObject({
      message: 'kept',
      level: 'info',
      service: 'test',
      message_: 'other',
      level_: 'loud',
      service_: 'x',
    });
  });

  it('survives cycles and big integers', () => {
    const { logger, lines } = loggerInto();
    const cycle: Record<string, unknown> = { big: 1n };
    cycle.self = cycle;
    logger.info('odd', { cycle });
    expect(lines()).toHaveLength(1);
  });

  it('is readable on a terminal, and redacts there too', () => {
    const { logger, text } = loggerInto('info', 'pretty');
    logger.info('hello', { password: 'hunter2', count: 1 });
    const line = text();
    expect(line).toMatch(/\[test\] hello password=\[redacted\] count=1/);
    expect(line).not.toContain('hunter2');
  });
});

describe('redaction', () => {
  const KEY = `aitbc_${'k'.repeat(43)}`;

  it.each([
    'api_key',
    'apiKey',
    'X-Api-Key',
    'BOOTSTRAP_ADMIN_KEY',
    'Authorization',
    'cookie',
    'db_password',
    'client_secret',
    'session_token',
    'privateJwk',
    'private_key',
    'token',
  ])('hides the field %s, at any depth', (name) => {
    const entry = redact({ [name]: 'hidden-1', nested: { list: [{ [name]: { deeper: 'hidden-2' } }] } });
    expect(JSON.stringify(entry)).not.toContain('hidden');
  });

  it.each([
    [`the key ${KEY} was used`, 'k'.repeat(20)],
    [`Authorization: Bearer abc.def-ghi`, 'abc.def'],
    ['connect postgres://user:hunter2@db/x failed', 'hunter2'],
    ['connect postgres://user:hun@ter2@db/x failed', 'ter2'],
    ['GET /x?api_key=hunter2&y=1', 'hunter2'],
    ['{"api_key": "hunter2"}', 'hunter2'],
    ['key sk-abcdefghijklmnop1234 refused', 'abcdefgh'],
    ['-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----', 'hunter2'],
    [`{"kty":"OKP","d":"${'D'.repeat(43)}"}`, 'DDDD'],
  ])('hides what looks like a secret in %j', (text, secret) => {
    const error = new Error(text, { cause: new Error(text) });
    const entry = redact({ message: text, error, nested: { texts: [text] } });
    expect(JSON.stringify(entry)).toContain('[redacted]');
    expect(JSON.stringify(entry)).not.toContain(secret);
  });

  it('leaves the rest as it is', () => {
    const entry = {
      public_key: 'x',
      kid: 'y',
      count: 1,
      flag: false,
      none: null,
      at: new Date(0),
      key_id: 'key_1',
      url: 'http://127.0.0.1:8011/x',
    };
    expect(redact({ ...entry })).toEqual(entry);
  });

  it('leaves out what lies too deep to be searched, and bytes', () => {
    let deep: unknown = { leaf: 'hidden' };
    for (let level = 0; level < 10; level += 1) deep = { deep };
    const entry = JSON.stringify(redact({ deep, bytes: Buffer.from('hidden') }));
    expect(entry).toContain('[too deep]');
    expect(entry).toContain('[6 bytes]');
    expect(entry).not.toContain('hidden');
  });
});
