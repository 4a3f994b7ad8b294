import { CoordinatorRefusal } from '../coordinator/coordinator-client';
import { silentLog } from '../testing/job-context';
import { waitFor } from '../testing/wait-for';
import { TextStream } from './text-stream';

interface Sent {
  readonly first: number;
  readonly texts: string[];
}

describe('the text of a job on its way', () => {
  let sent: Sent[];
  let dropped: boolean;
  beforeEach(() => {
    sent = [];
    dropped = false;
  });

  const streamTo = (answer: (sent: Sent) => Promise<CoordinatorRefusal | undefined>) =>
    new TextStream(
      (chunks) => {
        sent.push(chunks);
        return answer(chunks);
      },
      () => (dropped = true),
      silentLog,
    );
  const stream = () => streamTo(() => Promise.resolve(undefined));
  const text = () => sent.flatMap(({ texts }) => texts).join('');

  it('goes in numbered pieces; what comes while one request is under way goes with the next', async () => {
    let answerFirst = (): void => undefined;
    const answered = new Promise<void>((resolve) => (answerFirst = resolve));
    const slow = streamTo(() => answered.then(() => undefined));
    slow.emit('a');
    slow.emit('b');
    slow.emit('c');
    expect(sent).toEqual([{ first: 1, texts: ['a'] }]);
    answerFirst();
    await slow.flush();
    expect(sent.slice(1)).toEqual([{ first: 2, texts: ['b', 'c'] }]);
  });

  it('is taken up again after a silence', async () => {
    const one = stream();
    one.emit('a');
    await waitFor('the first piece', () => sent.length === 1);
    await one.flush();
    one.emit('b');
    await one.flush();
    expect(sent).toEqual([
      { first: 1, texts: ['a'] },
      { first: 2, texts: ['b'] },
    ]);
  });

  it('is cut as the coordinator takes it', async () => {
    const one = stream();
    const long = '🌊'.repeat(5_000);
    one.emit(long);
    for (let count = 0; count < 600; count += 1) one.emit('x');
    await one.flush();
    expect(text()).toBe(long + 'x'.repeat(600));
    for (const { texts } of sent) {
      expect(texts.length).toBeLessThanOrEqual(256);
      for (const piece of texts) expect(piece.length).toBeLessThanOrEqual(4_000);
    }
    expect(sent.map(({ first }) => first)).toEqual([1, 4, 260, 516]);
  });

  it('holds no half characters, and nothing empty', async () => {
    const one = stream();
    for (const piece of ['a\uD83C', '', '\uDF0A', 'b\uDF0A']) one.emit(piece);
    await one.flush();
    expect(sent.flatMap(({ texts }) => texts)).toEqual(['a', '🌊', 'b\uFFFD']);
  });

  it.each([
    [409, true],
    [404, false],
    [422, false],
  ])('ends with a refusal by %d; the job with it: %s', async (status, drops) => {
    const refused = streamTo(() => Promise.resolve(new CoordinatorRefusal(status, 'no', undefined)));
    refused.emit('a');
    refused.emit('b');
    await refused.flush();
    refused.emit('c');
    await refused.flush();
    expect(sent).toHaveLength(1);
    expect(dropped).toBe(drops);
  });

  it('does not fail the job when it cannot be delivered', async () => {
    const broken = streamTo(() => Promise.reject(new Error('the miner is refused')));
    broken.emit('a');
    await expect(broken.flush()).resolves.toBeUndefined();
    expect(dropped).toBe(false);
  });

  it('tells nothing any more once it is closed', async () => {
    const late = streamTo(() => Promise.resolve(new CoordinatorRefusal(409, 'no', undefined)));
    late.emit('a');
    late.close();
    await late.flush();
    expect(dropped).toBe(false);
  });
});
