import { createProjectGraphAsync, readCachedProjectGraph } from '@nx/devkit';

/**
 * Makes Nx's project graph when there is none yet. Without one `@nx/enforce-module-boundaries` only prints a warning
 * and lets every import pass, so that a plain `npx eslint` in a fresh clone would find nothing.
 */
export async function ensureProjectGraph() {
  try {
    readCachedProjectGraph();
  } catch {
    await createProjectGraphAsync({ exitOnError: false });
  }
}
