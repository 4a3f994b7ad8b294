import { MachineWatch } from './machine-watch';
import type { Fault } from './run-record';

describe('the watch over the machine', () => {
  let faults: Fault[];
  let watch: MachineWatch;
  beforeEach(() => {
    jest.useFakeTimers({ now: 100_000 });
    faults = [];
    watch = new MachineWatch(faults);
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });

  it('notes nothing while time passes as it should', () => {
    jest.advanceTimersByTime(60_000);
    expect(faults).toEqual([]);
  });

  it('notes that the machine stood still', () => {
    const steady = performance.now();
    watch.look(100_900, steady + 900);
    expect(faults).toEqual([{ kind: 'stall', from: 100_000, until: 100_900 }]);
  });

  it.each([
    ['forward', 103_000, 100_000, 113_000],
    ['back', 97_000, 97_000, 110_000],
  ])('notes that its clock was set %s', (_, wall, from, until) => {
    const steady = performance.now();
    watch.look(wall, steady + 50);
    expect(faults).toEqual([{ kind: 'clock', from, until }]);
  });
});
