import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from '@aitbc/operator-programs';
import { Layout } from '../layout';
import { serviceManager } from '../services/manager-of';
import type { Site } from './change-releases';

/**
 * Runs the work on an installation while no other program changes its releases.
 * @param root by default that of the environment
 * @throws OperatorError when another one does
 */
export async function changeSite(root: string | undefined, work: (site: Site) => Promise<void>): Promise<void> {
  const layout = new Layout(root);
  const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  mkdirSync(layout.runtime, { recursive: true, mode: 0o750 });
  await exclusively(join(layout.runtime, 'releases.lock'), () =>
    work({ layout, manager: serviceManager(layout), say }),
  );
}
