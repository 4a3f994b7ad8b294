import jsonata from 'jsonata';
import { pathsOf } from './paths-of';

const read = (expression: string) => pathsOf(jsonata(expression).ast()).map((path) => path.join('.'));

describe('the paths that an expression reads', () => {
  it.each([
    ['steps.a.output', ['steps.a.output']],
    ['steps', ['steps']],
    ['steps.`a`."b"', ['steps.a.b']],
    ['$steps.a.output', ['$steps.a.output']],
    ['$.steps.a', ['steps.a']],
    ['inputs.orders.($$.steps.a)', ['inputs.orders', 'steps.a']],
    ['steps.a.output[0].x', ['steps.a.output']],
    ['steps.a.*.x', ['steps.a']],
    ['steps[0].a', ['steps']],
    ['steps.a.output[x > $steps.b.output]', ['steps.a.output', '$steps.b.output']],
    ['{"k": steps.a, "m": [steps.b.x]}', ['steps.a', 'steps.b.x']],
    ['steps.a ? -steps.b : steps.c & "steps.d"', ['steps.a', 'steps.b', 'steps.c']],
    ['steps.a ~> $sum', ['steps.a']],
    ['$map(inputs.x, function($v) { $v.steps + steps.c })', ['inputs.x', 'steps.c']],
    ['($s := steps.a; $s.b)', ['steps.a']],
    ['(steps.a).b', ['steps.a']],
    ['/* steps.a */ 1', []],
  ])('are found in %s', (expression, paths) => {
    expect(read(expression).sort()).toEqual([...paths].sort());
  });

  it.each([
    ['of another context', 'inputs.orders.(steps.b)', ['inputs.orders']],
    ['of a filter', 'inputs.orders[steps.b]', ['inputs.orders']],
    ['of an order', 'inputs.orders^(steps.b)', ['inputs.orders']],
    ['of a group', 'inputs.orders{steps.b: 1}', ['inputs.orders']],
    ['of a transformation', '|orders|{"x": steps.b}|', []],
    ['of a variable that is bound here', '($steps := inputs; $steps.a)', ['inputs']],
    ['of a parameter', 'function($steps) { $steps.a }(1)', []],
    ['of a joined item', 'inputs.orders@$steps.($steps.a)', ['inputs.orders']],
    ['within another path', 'inputs.steps.a', ['inputs.steps.a']],
  ])('are not those %s', (_, expression, paths) => {
    expect(read(expression)).toEqual(paths);
  });
});
