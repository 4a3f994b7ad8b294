import { type Bar, barText, judge, limitOf } from './bars';

const medians = new Map([['express.rate', 1_000]]);

describe('a bar', () => {
  it.each<[number, Bar, string]>([
    [25, { atMost: 25 }, 'ok'],
    [25.1, { atMost: 25 }, 'below bar'],
    [600, { atLeast: 600 }, 'ok'],
    [599, { atLeast: 600 }, 'below bar'],
    [300, { atLeast: 0.3, of: 'express.rate' }, 'ok'],
    [299, { atLeast: 0.3, of: 'express.rate' }, 'below bar'],
    [1e9, { atLeast: 0.3, of: 'absent.rate' }, 'not judged'],
  ])('judges %d by %j: %s', (value, bar, verdict) => expect(judge(value, bar, medians)).toBe(verdict));

  it('is a share of the median of its reference', () => {
    expect(limitOf({ atLeast: 0.3, of: 'express.rate' }, medians)).toBe(300);
    expect(barText({ atLeast: 0.3, of: 'express.rate' })).toBe('≥ 0.3 × express.rate');
    expect(barText({ atMost: 25 })).toBe('≤ 25');
    expect(barText({ atLeast: 600 })).toBe('≥ 600');
  });
});
