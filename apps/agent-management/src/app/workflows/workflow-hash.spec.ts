import { canonicalJson, sha256Hex, validateDto } from '@aitbc/shared-core';
import { definitionFrom } from './definition-from-request';
import { dataStep, workflowRequest } from './testing/workflow-fixture';
import { documentOf, workflowHash } from './workflow-document';
import { WorkflowDto } from './workflow.dto';

const hashOf = (changes: object = {}) =>
  workflowHash(definitionFrom(validateDto(WorkflowDto, workflowRequest(changes))));

describe('the hash of a workflow', () => {
  it('is what a reader computes from the document and the order of its steps', () => {
    const definition = definitionFrom(validateDto(WorkflowDto, workflowRequest({ max_cost_budget: 1.5 })));
    const document = documentOf(definition);
    const text = canonicalJson({ ...document, step_order: Object.keys(document.steps) });
    expect(workflowHash(definition)).toBe(sha256Hex(text));
  });

  it('does not tell a default from the same value written out', () => {
    expect(hashOf({ max_execution_time: 3600, outputs: null, description: null })).toBe(hashOf());
  });

  it('does not depend on who may see it', () => {
    expect(hashOf({ is_public: true })).toBe(hashOf());
  });

  it.each([
    [{ name: 'Other' }],
    [{ description: 'x' }],
    [{ tags: [] }],
    [{ dependencies: {} }],
    [{ outputs: { a: '1' } }],
    [{ max_execution_time: 1 }],
    [{ max_cost_budget: 0.00000001 }],
    [{ requires_verification: false }],
    [{ verification_level: 'full' }],
    [{ steps: { clean: dataStep('inputs.b'), fetch: dataStep('inputs.a'), join: dataStep('steps.fetch.output') } }],
  ])('changes with %j', (changes) => {
    expect(hashOf(changes)).not.toBe(hashOf());
  });
});
