import { newId } from './ids';

describe('newId', () => {
  it('has its prefix and a UUID of version 7', () => {
    expect(newId('step_exec')).toMatch(
      /^step_exec_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('sorts by creation, also within a millisecond, and never repeats', () => {
    const ids = Array.from({ length: 5_000 }, () => newId('job'));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
