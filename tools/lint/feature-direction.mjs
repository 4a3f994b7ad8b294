/**
 * Which feature may import which, in one table for each application. A feature may import those of earlier layers,
 * through their `index.ts`; never one of its own layer, never one of a later layer, never the composition root.
 * `feature-zones.mjs` turns the tables into lint zones.
 *
 * @typedef {object} Application
 * @property {string} folder Where the application is, from the workspace root. Its features are folders of `src/app`.
 * @property {string[][]} layers Feature folders, the earliest layer first. Some are yet to be written.
 * @property {string[]} apart Features that import no other and that no other imports.
 * @property {{ folders: string[], files: string[] }} compositionRoot Who puts the features together, and so may import
 *   them all: folders and files of `src/app`, beside `src/main.ts`.
 */

/** @type {Application} */
const agentManagement = {
  folder: 'apps/agent-management',
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
  apart: [],
  compositionRoot: { folders: ['core'], files: ['compose', 'compose-worker', 'openapi'] },
};

/** @type {Application} */
const coordinatorApi = {
  folder: 'apps/coordinator-api',
  layers: [
    ['registry', 'receipts', 'agent-directory', 'agent-proxy'],
    ['jobs'],
    ['miners', 'job-client', 'gpu-marketplace'],
    ['dashboard', 'explorer'],
    ['admin'],
  ],
  apart: [],
  compositionRoot: { folders: ['core'], files: ['openapi'] },
};

/** Services that know each other over HTTP only. */
export const applications = [agentManagement, coordinatorApi];

/** Helpers of specs, in `src/app`: no feature. They compose a whole application to test its features in. */
export const specHelpers = 'testing';
