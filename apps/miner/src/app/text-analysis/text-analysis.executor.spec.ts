import { join } from 'node:path';
import { BadJobRequest } from '../executors/executor';
import { jobContext } from '../testing/job-context';
import { analyse, ANALYSIS_TASKS } from './analyse';
import { createTextReader } from './text-reader';
import { AnalysisWorkers } from './analysis-workers';
import { childEntry } from '@aitbc/shared-core';
import { TextAnalysisExecutor } from './text-analysis.executor';

const TEXT = 'The quick brown fox jumps over the lazy dog. The dog does not like it at all.';
const LONG_TEXT = TEXT.repeat(2500);

describe('TextAnalysisExecutor', () => {
  const executor = new TextAnalysisExecutor(
    new AnalysisWorkers(childEntry(join(__dirname, '../..'), 'text-analysis.worker')),
  );

  afterAll(() => executor.close());

  it('runs every task when none is named', async () => {
    const { result } = await executor.run({ text: TEXT }, jobContext());
    expect(Object.keys(Object(result)).sort()).toEqual([...ANALYSIS_TASKS].sort());
  });

  it.each([
    ['an empty text', { text: '  ' }, /\/text/],
    ['no text', {}, /text/],
    ['an unknown task', { text: TEXT, tasks: ['poetry'] }, /\/tasks\/0/],
    ['a text over the limit', { text: 'a'.repeat(200_001) }, /\/text must NOT have more than 200000/],
  ])('refuses %s as a bad request', async (_, request, message) => {
    const run = executor.run(request, jobContext());
    await expect(run).rejects.toThrow(BadJobRequest);
    await expect(run).rejects.toThrow(message);
  });

  it('keeps the event loop free while a long text is analysed', async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 5);
    await executor.run({ text: LONG_TEXT }, jobContext());
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
  });

  it('ends a cancelled analysis with the reason of its signal, and the next job still runs', async () => {
    const controller = new AbortController();
    const run = executor.run({ text: LONG_TEXT }, jobContext({ signal: controller.signal }));
    controller.abort(new Error('cancelled by its owner'));
    await expect(run).rejects.toThrow('cancelled by its owner');
    const next = await executor.run({ text: TEXT, tasks: ['language'] }, jobContext());
    expect(next.result).toMatchObject({ language: { words: 17 } });
  });

  it('reads text after text in one thread, each as if it were the first', async () => {
    const request = { text: 'He met Smith-Jones (and zorgle), who said so.', tasks: ANALYSIS_TASKS };
    const alone = analyse(request, createTextReader());
    // wink-nlp's model, loaded as it is, exhausts the memory at about the twentieth time.
    for (let count = 0; count < 30; count += 1) {
      await executor.run({ text: `We saw zorgle${count} and Smith-Jones.` }, jobContext());
    }
    expect((await executor.run(request, jobContext())).result).toEqual(alone);
  });

  it('lets jobs beyond its threads wait their turn, and a cancelled one leave the line', async () => {
    const workers = new AnalysisWorkers(childEntry(join(__dirname, '../..'), 'text-analysis.worker'), 1);
    const one = new TextAnalysisExecutor(workers);
    const controller = new AbortController();
    const first = one.run({ text: LONG_TEXT }, jobContext());
    const second = one.run({ text: TEXT, tasks: ['language'] }, jobContext({ signal: controller.signal }));
    const third = one.run({ text: TEXT, tasks: ['language'] }, jobContext());
    controller.abort(new Error('cancelled while it waited'));
    await expect(second).rejects.toThrow('cancelled while it waited');
    const order: string[] = [];
    await Promise.all([first.then(() => order.push('first')), third.then(() => order.push('third'))]);
    expect(order).toEqual(['first', 'third']);
    await one.close();
  });

  it('runs several jobs at once, each with its own result', async () => {
    const words = ['alpha', 'beta', 'gamma', 'delta'];
    const results = await Promise.all(
      words.map((word) => executor.run({ text: `The ${word} is here.`, tasks: ['keywords'] }, jobContext())),
    );
    expect(results.map(({ result }) => Object(result).keywords[0]?.phrase)).toEqual(words);
  });
});
