import { memoryLogger } from '../testing/memory-logger';
import { OutageLog } from './outage-log';

function opened(tolerated?: number) {
  const { logger, lines } = memoryLogger();
  const options = { what: 'the oven', meanwhile: 'we eat cold', name: 'oven', ...(tolerated && { tolerated }) };
  return { outage: new OutageLog(logger, options), lines };
}

const times = (count: number, work: () => void) => Array.from({ length: count }).forEach(work);

describe('the log of an outage', () => {
  it('tells once that it began, with the first reason, and once that it is over', () => {
    const { outage, lines } = opened();
    outage.succeeded();
    outage.failed(new Error('no gas'));
    times(5, () => outage.failed(new Error('still')));
    times(3, () => outage.succeeded());
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'the oven does not answer: we eat cold',
        event: 'oven_away',
        error: new Error('no gas'),
      },
      { level: 'info', message: 'the oven answers again', event: 'oven_back' },
    ]);
  });

  it('says nothing of a few failures in a row that are tolerated', () => {
    const { outage, lines } = opened(2);
    times(3, () => {
      times(2, () => outage.failed(new Error('restarting')));
      outage.succeeded();
    });
    expect(lines).toEqual([]);
    times(3, () => outage.failed(new Error('gone')));
    outage.succeeded();
    expect(lines.map(({ event }) => event)).toEqual(['oven_away', 'oven_back']);
  });
});
