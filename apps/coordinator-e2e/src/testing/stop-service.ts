import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { ownService } from './own-service';

/** Longer than the service gives itself. */
const KILL_AFTER_MS = 20_000;

/** Jest runs this once after all files, failed ones included. */
export default async function stopService(): Promise<void> {
  const own = ownService();
  if (!own) return;
  const { child, folder } = own;
  if (child.exitCode === null && child.signalCode === null) {
    const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(timer);
  }
  await rm(folder, { recursive: true, force: true });
}
