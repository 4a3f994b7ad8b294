import { VersionCache } from './version-cache';
import type { WorkflowVersion } from './workflow-definition';

function version(workflowId: string, number = 1, name = ''): WorkflowVersion {
  return {
    workflowId,
    version: number,
    name,
    description: null,
    tags: [],
    steps: [],
    dependencies: { a: ['b'] },
    outputs: null,
    maxExecutionTime: 1,
    maxCostBudget: 0,
    requiresVerification: true,
    verificationLevel: 'basic',
    workflowHash: '',
    createdAt: 0,
  };
}

const WEIGHT = JSON.stringify(version('a')).length;

describe('VersionCache', () => {
  it('keeps the versions of a workflow apart', () => {
    const cache = new VersionCache();
    cache.put(version('a', 1, 'one'));
    cache.put(version('a', 2, 'two'));
    expect([cache.get('a', 1)?.name, cache.get('a', 2)?.name, cache.get('a', 3)]).toEqual(['one', 'two', undefined]);
  });

  it('lets go of what was used least recently when it grows too heavy', () => {
    const cache = new VersionCache(2 * WEIGHT);
    cache.put(version('a'));
    cache.put(version('b'));
    cache.get('a', 1);
    cache.put(version('c'));
    expect([cache.get('a', 1), cache.get('b', 1), cache.get('c', 1)].map(Boolean)).toEqual([true, false, true]);
  });

  it('weighs a version once, however often it is put', () => {
    const cache = new VersionCache(2 * WEIGHT);
    cache.put(version('b'));
    for (let i = 0; i < 5; i += 1) cache.put(version('a'));
    expect(cache.size).toBe(2);
  });

  it('does not keep what is heavier than all it may hold', () => {
    const cache = new VersionCache(WEIGHT);
    cache.put(version('a', 1, 'x'.repeat(WEIGHT)));
    expect(cache.size).toBe(0);
  });

  it('freezes what its readers share', () => {
    const { dependencies } = new VersionCache().put(version('a'));
    expect(() => (dependencies['a'] as string[]).push('c')).toThrow(TypeError);
  });
});
