import { BadJobRequest } from '../executors/executor';
import { fillInArguments } from './template';

describe('fillInArguments', () => {
  it.each([
    ['a; rm -rf /'],
    ['$(reboot) `id` && true'],
    ['two words "and" quotes\nand lines'],
    ['{{other}}'],
    ['$& $1'],
  ])('puts %j into exactly one argument, as it is', (value) => {
    expect(fillInArguments(['{{x}}', 'x={{x}}!'], { x: value, other: 'no' })).toEqual([value, `x=${value}!`]);
  });

  it('refuses a value that would become an option', () => {
    expect(() => fillInArguments(['-i', '{{x}}'], { x: '-exec' })).toThrow(BadJobRequest);
    expect(() => fillInArguments(['{{x}}'], { x: '-' })).toThrow("/x must not begin with '-'");
  });

  it('lets a value begin with a dash where the operator wrote the option', () => {
    expect(fillInArguments(['--offset={{x}}'], { x: '-5' })).toEqual(['--offset=-5']);
  });

  it('refuses a NUL, which would cut the argument short', () => {
    expect(() => fillInArguments(['{{x}}'], { x: 'a\0b' })).toThrow(BadJobRequest);
  });

  it('leaves a group out when one of its values was not given, and asks for single ones', () => {
    expect(fillInArguments(['a', ['-b', '{{x}}', '{{y}}']], { x: '1' })).toEqual(['a']);
    expect(fillInArguments(['a', ['-b', '{{x}}', '{{y}}']], { x: '1', y: '2' })).toEqual(['a', '-b', '1', '2']);
    expect(() => fillInArguments(['{{x}}'], {})).toThrow('/x is needed for this job');
  });
});
