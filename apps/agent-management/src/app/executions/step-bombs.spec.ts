import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, codeStep, dataStep } from '../testing/agent-context-fixture';

const EXPRESSIONS: [name: string, expression: string][] = [
  ['a huge padding', '$length($pad("x", 4e8))'],
  [
    'a text that doubles',
    '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f("xxxxxxxx", 40)))',
  ],
  ['a pattern that backtracks', '$contains("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", /^(a+)+$/)'],
  ['endless recursion', '($f := function($n) { $f($n + 1) + 1 }; $f(0))'],
];
const MODULES: [name: string, code: string][] = [
  ['an endless loop', 'export default () => { for (;;); };'],
  ['endless allocation', 'export default () => { const a = []; for (;;) a.push(new Array(1e5).fill(1)); };'],
  ['an endless number', 'export default () => { let n = 2n; for (;;) n *= n; };'],
  ['a huge text', 'export default () => new Array(1e8).join("xxxxxxxxxx").length;'],
];

describeAboveStores('bombs in steps', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => (fixture = await AgentContextFixture.open(engine)));
  afterAll(() => fixture.context.stop());

  const places: [string, (expression: string) => [object, object]][] = [
    ['an expression', (expression) => [{ bomb: dataStep(expression) }, {}]],
    ['a mapping', (expression) => [{ bomb: dataStep('1', { input_mappings: { x: expression } }) }, {}]],
    ['a condition', (expression) => [{ bomb: dataStep('1', { when: expression }) }, {}]],
    ['an output', (expression) => [{ bomb: dataStep('1') }, { outputs: { x: expression } }]],
  ];

  describe.each(places)('as %s', (place, workflowOf) => {
    // The sandbox knows neither database nor place: all bombs once, and one to show that the engine takes it likewise.
    const all = engine.engine === 'sqlite' && place === 'an expression';
    it.each(EXPRESSIONS.slice(0, all ? EXPRESSIONS.length : 1))('fails with its code on %s', async (__, expression) => {
      const [steps, changes] = workflowOf(expression);
      const state = await fixture.run(steps as Record<string, object>, changes);
      expect(state.status).toBe('failed');
      expect(state.error_code).toMatch(/^expression_(timeout|resource_limit|failed)$/);
    });
  });

  it.each(MODULES.slice(0, engine.engine === 'sqlite' ? MODULES.length : 1))(
    'fails with its code on code with %s',
    async (_, code) => {
      const state = await fixture.run({ bomb: codeStep(code) });
      expect(state).toMatchObject({ status: 'failed', step_states: { bomb: { attempt: 1 } } });
      expect(state.error_code).toMatch(/^code_(timeout|resource_limit|failed)$/);
    },
  );

  it('lets other executions and requests go on meanwhile', async () => {
    const bombs: string[] = [];
    for (const [, expression] of EXPRESSIONS) bombs.push(await fixture.workflow({ bomb: dataStep(expression) }));
    for (const [, code] of MODULES) bombs.push(await fixture.workflow({ bomb: codeStep(code) }));
    const quiet = await fixture.workflow({ one: dataStep('$inputs.n + 1') });
    const exploding = await Promise.all(bombs.map((id) => fixture.start(id)));
    const others = await Promise.all(Array.from({ length: 10 }, (_, n) => fixture.start(quiet, { inputs: { n } })));
    const answers = await Promise.all(others.map((id) => fixture.until(id)));
    expect(answers.map(({ final_result }) => final_result)).toEqual(others.map((_, n) => ({ one: n + 1 })));
    await fixture.get('/executions').expect(200);
    for (const id of exploding) expect((await fixture.until(id)).status).toBe('failed');
  });
});
