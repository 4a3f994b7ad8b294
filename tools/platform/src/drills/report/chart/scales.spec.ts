import fc from 'fast-check';
import { linearTicks, logTicks, timeTicks } from './scales';

const texts = (ticks: readonly { readonly text: string }[]) => ticks.map(({ text }) => text);

describe('axes', () => {
  it('have round values', () => {
    expect(texts(linearTicks(389))).toEqual(['0', '100', '200', '300', '400']);
    expect(texts(linearTicks(0))).toEqual(['0', '0.5', '1']);
    expect(texts(timeTicks(30_000))).toEqual(['0 s', '5 s', '10 s', '15 s', '20 s', '25 s', '30 s']);
    expect(texts(timeTicks(400_000)).slice(0, 3)).toEqual(['0:00', '1:00', '2:00']);
    expect(texts(logTicks([0.4, 250]))).toEqual(['0.1 ms', '1 ms', '10 ms', '100 ms', '1 s']);
    expect(texts(logTicks([]))).toEqual(['1 ms', '10 ms']);
  });

  it('enclose what they show with few ticks', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e6, noNaN: true }), (value) => {
        const rates = linearTicks(value);
        expect(rates.length).toBeLessThanOrEqual(5);
        expect(rates.at(-1)?.value).toBeGreaterThanOrEqual(value);
        const latencies = logTicks([value]);
        expect(latencies[0]?.value).toBeLessThanOrEqual(value);
        expect(latencies.at(-1)?.value).toBeGreaterThanOrEqual(value);
        const times = timeTicks(value * 10);
        expect(times.length).toBeLessThanOrEqual(14);
        expect(times.at(-1)?.value).toBeLessThanOrEqual(value * 10 + 1);
      }),
    );
  });
});
