import { readAgentManagementConfiguration } from './configuration';
import { killAt } from './kill-point';

const read = (text: string) => readAgentManagementConfiguration({ DEBUG_KILL_AT: text }, false).DEBUG_KILL_AT;

it('kills when its point is reached for the n-th time, and only then', () => {
  const kill = jest.fn();
  const reach = killAt(read('after_commit:2'), kill);
  reach('before_commit');
  reach('after_commit');
  reach('claimed');
  expect(kill).not.toHaveBeenCalled();
  reach('after_commit');
  expect(kill).toHaveBeenCalledTimes(1);
  reach('after_commit');
  expect(kill).toHaveBeenCalledTimes(1);
});

it('never kills by default', () => {
  const kill = jest.fn();
  const reach = killAt(readAgentManagementConfiguration({}, false).DEBUG_KILL_AT, kill);
  reach('claimed');
  expect(kill).not.toHaveBeenCalled();
});

it.each(['after_commit', 'after_commit:0', 'nowhere:1', 'claimed:-1', 'claimed:1:1'])('refuses %s', (text) => {
  expect(() => read(text)).toThrow(/DEBUG_KILL_AT: .* is not <point>:<n> with one of claimed, /);
});
