import { isAgentPath, targetOf, waitSecondsOf, withoutWait } from './agent-url';

it.each([
  ['/api/v1/agent', true],
  ['/api/v1/agent/', true],
  ['/api/v1/agent/executions/x', true],
  ['/api/v1/agents', false],
  ['/api/v1/Agent/x', false],
  ['/api/v1/jobs', false],
])('knows whether %s is passed on', (path, expected) => {
  expect(isAgentPath(path)).toBe(expected);
});

it.each([
  ['/api/v1/agent/a%2Fb?q=%zz&&x', '/api/v1/agent/a%2Fb?q=%zz&&x'],
  ['http://host:1/api/v1/agent?x', '/api/v1/agent?x'],
])('keeps of %s what stands behind the host', (originalUrl, target) => {
  expect(targetOf({ originalUrl })).toBe(target);
});

it.each([
  ['/x', undefined, '/x'],
  ['/x?wait=0', undefined, '/x?wait=0'],
  ['/x?wait=20&since=4', 20, '/x?wait=0&since=4'],
  ['/x?a=%20&wait=2&wait=90', 60, '/x?a=%20&wait=0&wait=0'],
  ['/x?await=9', undefined, '/x?await=9'],
  ['/x?wait=long', undefined, '/x?wait=0'],
])('reads how long %s may be held, and asks for the present state instead', (target, seconds, present) => {
  expect([waitSecondsOf(target), withoutWait(target)]).toEqual([seconds, present]);
});
