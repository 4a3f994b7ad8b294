import { type Incoming, mirroredRequest, type MirrorOptions } from './mirrored-request';

const OPTIONS: MirrorOptions = {
  prefix: '/api/v1/agent/',
  releasePaths: ['/api/v1/agent/agents', '/api/v1/agent/events'],
};

const mirrored = (incoming: Partial<Incoming>, options = OPTIONS) =>
  mirroredRequest({ method: 'GET', url: '/api/v1/agent/agents', headers: {}, ...incoming }, options);

describe('a mirrored request', () => {
  it('is asked with path, query, credentials and what the caller accepts, and with nothing else', () => {
    const headers = {
      ...{ 'x-api-key': 'k', authorization: 'Bearer t', accept: 'application/json', 'accept-language': 'de' },
      ...{
        'last-event-id': '7',
        'x-request-id': 'r',
        'if-none-match': '"1"',
        connection: 'close',
        host: 'h',
        cookie: 'c',
      },
    };
    expect(mirrored({ url: '/api/v1/agent/agents/a%20b?limit=2&x=%2F', headers })).toEqual({
      method: 'GET',
      path: '/api/v1/agent/agents/a%20b',
      target: '/api/v1/agent/agents/a%20b?limit=2&x=%2F',
      headers: {
        ...{ 'x-api-key': 'k', authorization: 'Bearer t', accept: 'application/json', 'accept-language': 'de' },
        'last-event-id': '7',
      },
      at: expect.any(Number),
    });
  });

  it.each([
    ['/api/v1/agent/agents?wait=30&limit=1', '/api/v1/agent/agents?limit=1'],
    ['/api/v1/agent/agents?wait=30', '/api/v1/agent/agents'],
  ])('%s does not wait: %s', (url, target) => {
    expect(mirrored({ url })).toMatchObject({ target });
  });

  it.each<[string, Partial<Incoming>]>([
    ['method', { method: 'POST' }],
    ['method', { method: 'DELETE' }],
    ['prefix', { url: '/api/v1/jobs' }],
    ['prefix', { url: '/api/v1/agent/../jobs' }],
    ['prefix', { url: 'http://elsewhere/x' }],
    ['prefix', { url: 'http://[' }],
    ['prefix', { url: '/api/v1/jobs', method: 'POST' }],
    ['release-path', { url: '/api/v1/agent/newer' }],
    ['release-path', { url: '/api/v1/agent/agents-of-others' }],
    ['stream', { url: '/api/v1/agent/agents/a/events' }],
    ['stream', { url: '/api/v1/agent/agents/a/stream?x=1' }],
    ['stream', { url: '/api/v1/agent/events', headers: { accept: 'text/event-stream' } }],
  ])('is skipped by its %s: %j', (reason, incoming) => {
    expect(mirrored(incoming)).toBe(reason);
  });

  it('may be a HEAD, the page of the feed, or any path when nobody said what the release serves', () => {
    expect(mirrored({ method: 'HEAD' })).toMatchObject({ method: 'HEAD' });
    expect(mirrored({ url: '/api/v1/agent/events?limit=5' })).toMatchObject({ target: '/api/v1/agent/events?limit=5' });
    expect(mirrored({ url: '/api/v1/agent/newer' }, { prefix: '/api/v1/agent/' })).toMatchObject({ method: 'GET' });
  });

  it('never leads elsewhere than to the side that is asked', () => {
    expect(mirrored({ url: 'http://elsewhere/api/v1/agent/agents' })).toMatchObject({ target: '/api/v1/agent/agents' });
  });
});
