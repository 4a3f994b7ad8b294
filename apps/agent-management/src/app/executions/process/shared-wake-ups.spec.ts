import type { WakeUp } from '@aitbc/execution-engine';
import type { ChannelListener } from '@aitbc/shared-core';
import { memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { SharedWakeUps, textsOf } from './shared-wake-ups';
import { TestChannels } from './testing/test-channels';

describe('wake-ups between processes', () => {
  const opened: SharedWakeUps[] = [];
  afterEach(() => Promise.all(opened.splice(0).map((wakeUps) => wakeUps.close())));

  function join(channels: TestChannels) {
    const { logger, lines } = memoryLogger();
    const wakeUps = new SharedWakeUps(channels.open, logger);
    opened.push(wakeUps);
    const heard: WakeUp[] = [];
    wakeUps.subscribe((hint) => void heard.push(hint));
    return { wakeUps, heard, lines };
  }

  const hints: WakeUp[] = [
    { kind: 'due' },
    { kind: 'changed', executionId: 'exec_1' },
    { kind: 'signalled', executionIds: ['exec_1', 'exec_2'], refs: ['job_1'] },
  ];

  it('reach this process at once, and every other', async () => {
    const channels = new TestChannels();
    const [one, two, three] = [join(channels), join(channels), join(channels)];
    for (const hint of hints) one.wakeUps.notify(hint);
    expect(one.heard).toEqual(hints);
    await waitFor(() => two.heard.length === 3 && three.heard.length === 3);
    expect(two.heard).toEqual(hints);
    expect(one.heard).toHaveLength(3);
  });

  it('cost no send for each execution under load', async () => {
    const channels = new TestChannels();
    const [one, two] = [join(channels), join(channels)];
    for (let count = 0; count < 1_000; count += 1) {
      one.wakeUps.notify({ kind: 'due' });
      one.wakeUps.notify({ kind: 'changed', executionId: `exec_${count % 10}` });
    }
    await one.wakeUps.close();
    expect(channels.sends.length).toBeLessThanOrEqual(2);
    expect(channels.sends.flat().length).toBeLessThanOrEqual(12);
    expect(new Set(two.heard.map((hint) => JSON.stringify(hint))).size).toBe(11);
  });

  it('are lost with the connection, told once, and made good by a look when it is back', async () => {
    const channels = new TestChannels();
    const [one, two] = [join(channels), join(channels)];
    channels.broken = true;
    for (const executionId of ['exec_1', 'exec_2', 'exec_3']) {
      one.wakeUps.notify({ kind: 'changed', executionId });
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(one.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    channels.broken = false;
    channels.connect();
    expect(two.heard).toEqual([{ kind: 'due' }]);
    one.wakeUps.notify({ kind: 'changed', executionId: 'exec_4' });
    await waitFor(() => two.heard.some((hint) => hint.kind === 'changed' && hint.executionId === 'exec_4'));
  });

  it('fit into a notification, however many executions were signalled', () => {
    const executionIds = Array.from({ length: 1_000 }, (_, index) => `exec_${index}`);
    const refs = Array.from({ length: 1_200 }, (_, index) => `job_${index}`);
    const texts = textsOf({ kind: 'signalled', executionIds, refs });
    const pairs = new Set<string>();
    for (const text of texts) {
      expect(Buffer.byteLength(text)).toBeLessThan(8_000);
      const piece = JSON.parse(text) as { executionIds: string[]; refs: string[] };
      for (const id of piece.executionIds) for (const ref of piece.refs) pairs.add(`${id} ${ref}`);
    }
    expect(pairs.size).toBe(1_200_000);
    expect(texts.length).toBeLessThanOrEqual(32);
  });

  it.each(['', 'null', '{"kind":"new"}', '{"kind":"changed"}', '{"kind":"signalled","executionIds":[1],"refs":[]}'])(
    'of another release are passed over: %s',
    (text) => {
      let listener: ChannelListener | undefined;
      const wakeUps = new SharedWakeUps((given) => {
        listener = given;
        return { send: () => Promise.resolve(), close: () => Promise.resolve() };
      }, memoryLogger().logger);
      const heard: WakeUp[] = [];
      wakeUps.subscribe((hint) => void heard.push(hint));
      listener?.onText(text);
      expect(heard).toEqual([]);
    },
  );
});
