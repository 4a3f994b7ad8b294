import { isDeeperThan } from './json-depth';

describe('isDeeperThan', () => {
  it.each([
    ['1', 0, false],
    ['[]', 0, true],
    ['{"a":[1]}', 2, false],
    ['{"a":[{}]}', 2, true],
    ['"[[[["', 0, false],
    ['"\\"[[[["', 0, false],
    ['["\\\\",[[1]]]', 2, true],
    ['[[],[],[]]', 2, false],
  ])('%s at %i: %s', (json, limit, deeper) => {
    expect(isDeeperThan(json, limit)).toBe(deeper);
  });
});
