import { LiveTable } from './live-table';
import { ended, ManualTimeline } from './testing/sample-drill';

const PHASE = { name: 'flips', tolerates: 'nothing' } as const;

function tableOn(isTTY: boolean) {
  const written: string[] = [];
  const timeline = new ManualTimeline();
  const table = new LiveTable({ isTTY, columns: 60, write: (text) => written.push(text) });
  timeline.watch(table);
  return { timeline, table, written };
}

describe('the live table', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('writes one head and finished rows only where there is no terminal', async () => {
    const { timeline, written } = tableOn(false);
    const request = async () => {
      timeline.pass(2_000);
      timeline.request(ended({ server: 'agent-management' }));
      timeline.request(ended({ server: '', failure: 'GET /x: 502' }));
      jest.advanceTimersByTime(5_000);
    };
    await timeline.span(PHASE, request);
    await timeline.span({ name: 'a name that is longer than its column is', tolerates: 'nothing' }, request);
    const lines = written.join('').split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]?.split(/ {2,}/)).toContain('failed r');
    expect(lines[1]?.split(/ +/)).toEqual([
      'flips',
      '2.0',
      '2',
      '1',
      '1',
      '0',
      '4.0',
      '4.0',
      '1',
      '0',
      '0',
      '1',
      'BROKEN',
    ]);
    expect(lines[2]).toMatch(/^a name that is longer tha… {6}/);
    expect(lines[3]).toBe('');
  });

  it('rewrites the line of the phase that runs each second, no longer than the terminal is wide', async () => {
    const { timeline, table, written } = tableOn(true);
    const { promise, resolve } = Promise.withResolvers<void>();
    const span = timeline.span(PHASE, () => promise);
    timeline.pass(1_000);
    written.length = 0;
    jest.advanceTimersByTime(3_000);
    expect(written).toHaveLength(3);
    expect(written[0]?.startsWith('\r\u001b[2Kflips ')).toBe(true);
    expect(written[0]).toMatch(/flips +1\.0 +0 /);
    expect(written[0]?.slice(5)).toHaveLength(59);
    table.say('canary 10 %');
    expect(written[4]).toBe('canary 10 %\n');
    resolve();
    await span;
    expect(written.at(-2)).toMatch(/^flips .*\n$/);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('marks a phase that threw, and leaves no timer behind when it is closed', async () => {
    const { timeline, table, written } = tableOn(true);
    await timeline.span(PHASE, () => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(written.join('')).toContain('THREW');
    void timeline.span(PHASE, () => Promise.withResolvers<void>().promise);
    expect(jest.getTimerCount()).toBe(1);
    table.close();
    expect(jest.getTimerCount()).toBe(0);
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });
});
