import { parseArguments } from './arguments';

it('measures everything three times by default', () => {
  expect(parseArguments([])).toMatchObject({
    only: [],
    runs: 3,
    quick: false,
    json: undefined,
    scale: { durationMs: 10_000, workflows: 100_000 },
  });
});

it('takes scenarios by name and by --only, and the rest by options', () => {
  const args = ['health', '--only', 'start', '--runs', '5', '--duration', '0.5', '--json', 'out.json'];
  expect(parseArguments(args)).toMatchObject({
    only: ['start', 'health'],
    runs: 5,
    json: 'out.json',
    scale: { durationMs: 500, workflows: 100_000 },
  });
});

it('does little in the quick form, unless told more', () => {
  expect(parseArguments(['--quick'])).toMatchObject({ runs: 1, scale: { durationMs: 1_000, workflows: 500 } });
  expect(parseArguments(['--quick', '--runs', '2'])).toMatchObject({ runs: 2 });
});

it.each([
  [['--runs', '0'], "--runs '0': not a number above 0"],
  [['--runs', '1.5'], '--runs 1.5: not a whole number'],
  [['--duration', 'long'], "--duration 'long': not a number above 0"],
  [['--duration', ''], "--duration '': not a number above 0"],
  [['--postgres'], "Unknown option '--postgres'"],
])('refuses %j', (args, message) => expect(() => parseArguments(args)).toThrow(message));
