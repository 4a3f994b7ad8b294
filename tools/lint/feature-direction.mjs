/**
 * Which feature of a service may import which, in one table for each. A feature may import those of earlier layers, through
 * their `index.ts`; never one of its own layer, never one of a later layer. `feature-zones.mjs` turns the tables into lint
 * zones.
 *
 * @typedef {object} Service
 * @property {string} source The service's source folder, from the workspace root; features are folders of its `app/`.
 * @property {string[][]} layers Feature folders, the earliest layer first.
 * @property {string[]} root Folders and files of `app/` that put the features together: they may import all of them.
 */

/** @type {Service} */
export const agentManagement = {
  source: 'apps/agent-management/src',
  layers: [
    ['security'],
    ['agents'],
    ['networks'],
    ['workflows'],
    ['executions'],
    ['verification'],
    [
      'advanced-rl',
      'agent-directory',
      'communication',
      'creativity',
      'integration',
      'marketplace',
      'performance',
      'portfolio',
      'service-jobs',
      'webhooks',
    ],
    ['orchestration'],
  ],
  root: ['core', 'compose', 'compose-worker', 'openapi'],
};

/** @type {Service} */
export const coordinator = {
  source: 'apps/coordinator-api/src',
  layers: [
    ['registry', 'receipts', 'agent-directory'],
    ['jobs'],
    ['miners', 'job-client', 'gpu-marketplace'],
    ['dashboard', 'explorer'],
    ['admin'],
  ],
  root: ['core', 'openapi'],
};

export const services = [agentManagement, coordinator];
