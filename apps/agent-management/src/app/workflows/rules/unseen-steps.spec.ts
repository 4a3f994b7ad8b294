import { validateDto } from '@aitbc/shared-core';
import { dataStep, testCheckers, workflowRequest } from '../testing/workflow-fixture';
import { WorkflowValidator } from '../workflow-validator';
import { WorkflowDto } from '../workflow.dto';

const validator = new WorkflowValidator(testCheckers);

/** A chain `a`, `b`, `c` with `d` beside it, in which `b` is changed. */
async function warned(b: object, more: object = {}): Promise<Record<string, string>> {
  const steps = { a: dataStep('1'), b: dataStep('1', b), c: dataStep('1'), d: dataStep('1') };
  const request = workflowRequest({ steps, dependencies: { b: ['a'], c: ['b'] }, ...more });
  const { warnings } = await validator.judge(validateDto(WorkflowDto, request));
  return Object.fromEntries(warnings.map(({ pointer, message }) => [pointer.replace('/steps/b/', ''), message]));
}

const unrelated = (id: string) => `reads the step '${id}', on which 'b' does not depend: it selects nothing`;

describe('a warning of a step that an expression does not see', () => {
  it.each([
    ['when', { when: 'steps.d.output = 1' }],
    ['input_mappings/x', { input_mappings: { x: 'steps.d.output' } }],
    ['output_mappings/x', { output_mappings: { x: 'steps.d.output' } }],
    ['config/expression', { config: { expression: 'steps.d.output' } }],
    ['config/expression', { config: { expression: '$steps.d.output' } }],
    ['config/expression', { config: { expression: '$steps.d.output' }, input_mappings: { x: '1' } }],
  ])('points to %s of %j', async (pointer, step) => {
    expect(await warned(step)).toEqual({ [pointer]: unrelated('d') });
  });

  it('tells a step that comes later, itself, and one that there is none of', async () => {
    const mappings = { later: 'steps.c.output', self: 'steps.b.output', none: 'steps.x.output' };
    expect(await warned({ input_mappings: mappings })).toEqual({
      'input_mappings/later': unrelated('c'),
      'input_mappings/self': `reads the step 'b' itself, which it does not see: it selects nothing`,
      'input_mappings/none': `reads the step 'x', which is not there: it selects nothing`,
    });
  });

  it.each([
    ['a step that it depends on', { when: 'steps.a.output = 1' }],
    [
      'its own mapped input, whatever the author calls it',
      { ...mapped('steps.d'), input_mappings: { steps: 'inputs' } },
    ],
    ['something else of that name', { input_mappings: { x: 'inputs.steps.d' } }],
    ['a variable that is not bound there', { input_mappings: { x: '$steps.d' } }],
    ['a value that is no expression', { input_mappings: { x: { literal: 'steps.d' } } }],
  ])('does not speak of %s', async (_, step) => {
    expect(await warned(step)).toEqual({});
  });

  it('lets a step see all that it depends on, and `outputs` every step', async () => {
    const steps = { a: dataStep('1'), b: dataStep('1'), c: dataStep('steps.a.output & steps.b.output') };
    const chain = { steps, dependencies: { b: ['a'], c: ['b'] } };
    expect(await warned({}, { ...chain, outputs: { x: 'steps.a.output', y: 'steps.z.output' } })).toEqual({
      '/outputs/y': `reads the step 'z', which is not there: it selects nothing`,
    });
  });

  it('is not given while the dependencies make no sound graph', async () => {
    expect(await warned({ when: 'steps.d.output' }, { dependencies: { b: ['c'], c: ['b'] } })).toEqual({});
  });
});

function mapped(expression: string) {
  return { config: { expression } };
}
