import type { FieldError } from '@aitbc/shared-core';
import { validateDto } from '@aitbc/shared-core';
import { dataStep, testCheckers, workflowRequest } from './testing/workflow-fixture';
import { scheduleOf, WorkflowValidator } from './workflow-validator';
import { WorkflowDto } from './workflow.dto';

const validator = new WorkflowValidator(testCheckers);

async function problems(changes: object): Promise<readonly FieldError[]> {
  return (await validator.check(validateDto(WorkflowDto, workflowRequest(changes)))).problems;
}

/** The pointers of what is wrong with a workflow of this one step, called `a`. */
async function pointersOf(step: object): Promise<string[]> {
  const found = await problems({ steps: { a: { name: 'A', ...step } }, dependencies: {} });
  return found.map(({ pointer }) => pointer.replace('/steps/a/', ''));
}

describe('what each step type asks for', () => {
  it.each([
    ['data_processing', { expression: '$sum(inputs.x)' }],
    ['custom', { code: 'export default (input) => input;' }],
    ['verification', { schema: { type: 'object' } }],
    ['verification', { schema: {}, sha256: 'a'.repeat(64) }],
    ['inference', {}],
    ['inference', { service_type: 'whisper', parameters: { model: 'tiny' } }],
    ['training', { service_type: 'policy_training' }],
    ['data_processing', { wait_for: { signal: 'approve' } }],
    ['data_processing', { expression: '$signal', wait_for: { seconds: 0.5 } }],
    ['custom', { code: 'export default (input) => input;', wait_for: { until: '2026-01-31T09:15:00Z' } }],
  ])('accepts %s with %j', async (step_type, config) => {
    expect(await pointersOf({ step_type, config })).toEqual([]);
  });

  it.each([
    ['data_processing', {}, 'config/expression'],
    ['data_processing', { expression: '  ' }, 'config/expression'],
    ['data_processing', { expression: 5 }, 'config/expression'],
    ['data_processing', { expression: '1 +' }, 'config/expression'],
    ['data_processing', { expression: `"${'x'.repeat(10_000)}"` }, 'config/expression'],
    ['custom', {}, 'config/code'],
    ['custom', { code: 'const x = 1;' }, 'config/code'],
    ['verification', {}, 'config/schema'],
    ['verification', { schema: [] }, 'config/schema'],
    ['verification', { schema: { type: 'nothing' } }, 'config/schema'],
    ['verification', { schema: {}, sha256: 'A'.repeat(64) }, 'config/sha256'],
    ['inference', { service_type: 'Not A Name' }, 'config/service_type'],
    ['inference', { parameters: 5 }, 'config/parameters'],
    ['training', {}, 'config/service_type'],
    ['data_processing', { expression: '1', wait_for: {} }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: null }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: { seconds: -1 } }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: { seconds: 40_000_000 } }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: { signal: 'a b' } }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: { until: 'tomorrow' } }, 'config/wait_for'],
    ['data_processing', { expression: '1', wait_for: { seconds: 1, signal: 'both' } }, 'config/wait_for'],
    ['data_processing', { expression: '1', padding: 'x'.repeat(65_536) }, 'config'],
  ])('refuses %s with %j', async (step_type, config, pointer) => {
    expect(await pointersOf({ step_type, config })).toEqual([pointer]);
  });

  it.each([
    [{ provider: 'openai', model: 'gpt-4o-mini' }, []],
    [{ provider: 'coordinator' }, []],
    [{ provider: 'openai' }, ['model_requirements/model']],
    [{ provider: 'policy' }, ['model_requirements/provider']],
    [{ provider: null }, ['model_requirements/provider']],
  ])('judges the model requirements %j', async (model_requirements, pointers) => {
    expect(await pointersOf({ step_type: 'inference', model_requirements })).toEqual(pointers);
  });
});

describe('checks that are asked for where none are made', () => {
  const unverified = { requires_verification: false };

  it.each([
    ['the workflow', { ...unverified, verification_level: 'full' }, ['/verification_level']],
    [
      'a step',
      { ...unverified, steps: { a: dataStep('1', { verification_level: 'full' }) }, dependencies: {} },
      ['/steps/a/verification_level'],
    ],
    ['nobody', { ...unverified, verification_level: 'basic' }, []],
  ])('are refused when %s asks', async (_who, changes, pointers) => {
    expect((await problems(changes)).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});

describe('what holds for every step', () => {
  it.each([
    [{ verification_level: 'zero-knowledge' }, 'verification_level'],
    [{ requires_proof: true }, 'requires_proof'],
    [{ when: 'inputs.' }, 'when'],
    [{ input_mappings: { good: 'inputs.x', bad: '((' } }, 'input_mappings/bad'],
    [{ output_mappings: { 'a/b~c': '1 +' } }, 'output_mappings/a~1b~0c'],
    [{ retry_policy: { initial_interval_ms: 1000, maximum_interval_ms: 999 } }, 'retry_policy/maximum_interval_ms'],
    [{ input_mappings: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i])) }, 'input_mappings'],
  ])('refuses %j', async (changes, pointer) => {
    expect(await pointersOf(dataStep('1', changes))).toEqual([pointer]);
  });

  it('takes other JSON than texts in mappings for itself, whatever texts are inside', async () => {
    const input_mappings = { literal: { literal: '1 +' }, list: ['(('], number: 5, nothing: null };
    expect(await pointersOf(dataStep('1', { input_mappings }))).toEqual([]);
  });

  it('takes nulls for absent, so that what was read can be sent back', async () => {
    const nulls = { input_mappings: null, output_mappings: null, when: null, verification_level: null };
    expect(await pointersOf(dataStep('1', { ...nulls, retry_policy: null }))).toEqual([]);
  });
});

describe('the graph of the steps', () => {
  it.each<[string, object, string, string]>([
    ['an unknown step on the left', { nobody: ['join'] }, '/dependencies/nobody', `there is no step 'nobody'`],
    ['an unknown step on the right', { join: ['nobody'] }, '/dependencies/join/0', `there is no step 'nobody'`],
    [
      'a step inherited by every object',
      { join: ['constructor'] },
      '/dependencies/join/0',
      `there is no step 'constructor'`,
    ],
    ['a step twice', { join: ['fetch', 'fetch'] }, '/dependencies/join/1', `'fetch' is named twice`],
    ['what is no id', { join: [5] }, '/dependencies/join/0', 'must be the id of a step'],
    ['what is no list', { join: 'fetch' }, '/dependencies/join', 'must be a list of step ids'],
  ])('refuses %s', async (_what, dependencies, pointer, message) => {
    expect(await problems({ dependencies })).toEqual([{ pointer, message }]);
  });

  it('names the steps of a circle', async () => {
    const dependencies = { join: ['clean'], clean: ['fetch'], fetch: ['join'] };
    const message = 'steps depend on each other in a circle: fetch → join → clean → fetch';
    expect(await problems({ dependencies })).toEqual([{ pointer: '/dependencies', message }]);
  });

  it('schedules by dependencies and by time', async () => {
    const request = validateDto(WorkflowDto, workflowRequest());
    const { definition } = await validator.check(request);
    expect(scheduleOf(definition)).toEqual({
      executionOrder: ['fetch', 'clean', 'join'],
      criticalPath: ['fetch', 'join'],
      criticalPathSeconds: 600,
    });
  });
});

describe('all problems together', () => {
  it('come in one answer', async () => {
    const steps = { a: dataStep('1 +'), b: { name: 'B', step_type: 'custom' }, c: dataStep('1', { when: '(' }) };
    const found = await problems({ steps, dependencies: { a: ['x'] }, outputs: { o: 5 } });
    expect(found.map(({ pointer }) => pointer).sort()).toEqual([
      '/dependencies/a/0',
      '/outputs/o',
      '/steps/a/config/expression',
      '/steps/b/config/code',
      '/steps/c/when',
    ]);
  });

  it('ask the checkers once for all expressions', async () => {
    const calls: (readonly string[])[] = [];
    const counting = new WorkflowValidator({
      ...testCheckers,
      expressions: {
        ...testCheckers.expressions,
        check: async (expressions) => {
          calls.push(expressions);
          return expressions.map(() => undefined);
        },
      },
    });
    await counting.check(validateDto(WorkflowDto, workflowRequest({ outputs: { all: 'steps.join.output' } })));
    expect(calls).toEqual([['inputs.a', 'inputs.b', 'steps.fetch.output', 'steps.join.output']]);
  });
});
