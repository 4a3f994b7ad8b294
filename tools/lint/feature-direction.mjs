/**
 * Which feature may import which, in one table. A feature may import those of earlier layers, through their `index.ts`;
 * never one of its own layer, never one of a later layer. `feature-zones.mjs` turns the table into lint zones.
 *
 * @typedef {object} Context
 * @property {string} folder Where the features' folders are, from the workspace root.
 * @property {string[][]} layers Feature folders, the earliest layer first.
 * @property {string[]} apart Features that import no other and that no other imports.
 */

/** The source folder of the application that holds both contexts. */
export const appFolder = 'apps/coordinator-api/src';

/**
 * The agent context. It will move into a service of its own, so that it and the rest of the application know each
 * other only as the ports of `@aitbc/contracts` (`AgentDirectory`, `JobClient`).
 * @type {Context}
 */
export const agentContext = {
  folder: `${appFolder}/app/agent-context`,
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
};

/**
 * The coordinator's own features.
 * @type {Context}
 */
export const coordinatorContext = {
  folder: `${appFolder}/app`,
  layers: [
    ['registry', 'receipts'],
    ['jobs'],
    ['miners', 'job-client', 'gpu-marketplace'],
    ['dashboard', 'explorer'],
    ['admin'],
  ],
  apart: [],
};

/** Who puts the contexts together, and so may import from both: folders and files of `app/`. */
export const compositionRoot = { folders: ['core'], files: ['app', 'openapi', 'routers'] };
