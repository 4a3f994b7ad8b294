import { EventStream } from '@aitbc/shared-core';
import { createTestApp, waitFor } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { type EventSource, type NextEvents, writeEvents } from './event-source';
import { NewsFlag } from './news-flag';

/** A source of these pieces, one for each time it is asked. */
function sourceOf(pieces: readonly NextEvents[], places: readonly (string | undefined)[] = []) {
  const told = [...places];
  const left = [...pieces];
  let listening = 0;
  let onNews: () => void = () => undefined;
  const source: EventSource = {
    next: () => Promise.resolve(left.shift() ?? { texts: [], more: false, ended: false }),
    onNews: (listener) => {
      listening += 1;
      onNews = listener;
      return () => void (listening -= 1);
    },
    silentMove: () => told.shift(),
  };
  return { source, left, listeners: () => listening, tell: () => onNews() };
}

const piece = (texts: string[], how: Partial<NextEvents> = {}): NextEvents => ({
  ...{ texts, more: false, ended: false },
  ...how,
});
const END = piece(['end\n'], { ended: true });

/** What the reader gets until the end. */
async function written(source: EventSource, signal = new AbortController().signal, keepAliveMs = 60_000) {
  const { app } = createTestApp((routes) => {
    routes.get('/', async (_req, res) => {
      const stream = EventStream.open(res);
      await writeEvents(source, stream, signal, keepAliveMs);
      stream.end();
    });
  });
  return (await request(app).get('/').expect(200)).text;
}

describe('events that are written', () => {
  it('follow at once while there are more, else with the news, until the end', async () => {
    const { source, left, listeners, tell } = sourceOf([piece(['a\n', 'b\n'], { more: true }), piece(['c\n']), END]);
    const text = written(source);
    await waitFor(() => left.length === 1);
    expect(listeners()).toBe(1);
    tell();
    expect(await text).toBe('a\nb\nc\nend\n');
    expect(listeners()).toBe(0);
  });

  it('tell the place at first and in silence, and where it has not moved that they live', async () => {
    const { source } = sourceOf([piece([]), piece([]), piece([]), END], ['p1', undefined, 'p2']);
    const text = await written(source, undefined, 5);
    expect(text).toBe('id: p1\n\n: keep-alive\n\nid: p2\n\n: keep-alive\n\nend\n');
  });

  it('end when nobody reads any more, or the process drains', async () => {
    const leaving = new AbortController();
    const { source, left, listeners } = sourceOf([piece(['a\n'])]);
    const text = written(source, leaving.signal);
    await waitFor(() => left.length === 0);
    leaving.abort();
    expect(await text).toBe('a\n');
    expect(listeners()).toBe(0);
  });
});

describe('the flag of news', () => {
  const forever = new AbortController().signal;

  it('is up when news came while one looked', async () => {
    const flag = new NewsFlag();
    flag.raise();
    expect(await flag.raised(60_000, forever)).toBe(true);
    flag.lower();
    expect(await flag.raised(1, forever)).toBe(false);
  });

  it('wakes who waits, and lets go of who leaves', async () => {
    const flag = new NewsFlag();
    const waiting = flag.raised(60_000, forever);
    flag.raise();
    expect(await waiting).toBe(true);
    flag.lower();
    const leaving = new AbortController();
    const left = flag.raised(60_000, leaving.signal);
    leaving.abort();
    expect(await left).toBe(false);
    expect(await flag.raised(60_000, leaving.signal)).toBe(false);
  });
});
