import { OperatorError } from '@aitbc/operator-programs';
import { type Layout, type ReleasedApp, SERVICES, type ServiceName } from '../layout';
import { troubleOf } from '../services/health';
import type { ServiceManager } from '../services/service-manager';
import { installSystemFiles } from './files';
import { type JournalEntry, noteInJournal } from './journal';
import { type InstalledRelease, Releases } from './releases';

/** Where releases are changed, and who is told about it. */
export interface Site {
  readonly layout: Layout;
  readonly manager: ServiceManager;
  /** Gets a sentence about each step. */
  readonly say: (sentence: string) => void;
}

export interface ChangeOptions {
  readonly action: JournalEntry['action'];
  /** How long a service may take until it is ready. */
  readonly timeoutMs: number;
  readonly settleMs: number;
  /** Releases of each application that stay on the disk. */
  readonly keep: number;
}

interface Change {
  readonly app: ReleasedApp;
  readonly to: InstalledRelease;
  readonly from: InstalledRelease | undefined;
  readonly previous: InstalledRelease | undefined;
}

/**
 * Switches applications to releases, one after another, and has each service that runs prove itself before the next one.
 * When one does not, all that were switched return to what they were.
 * @throws OperatorError when a release did not prove itself; what served before serves again, or the message says what does not
 */
export async function changeReleases(
  site: Site,
  releases: readonly InstalledRelease[],
  options: ChangeOptions,
): Promise<void> {
  const done: Change[] = [];
  for (const to of inOrder(releases)) {
    const change = switchTo(site, to);
    done.push(change);
    const trouble = await proved(site, change, options);
    if (trouble === undefined) {
      noteInJournal(site.layout, { ...entryOf(change, options), outcome: 'done' });
      continue;
    }
    const reason = `${to.app} ${to.version}: ${trouble}`;
    site.say(`${reason}. Returning to what served before`);
    const left = await returnAll(site, done.toReversed(), options);
    for (const one of done) {
      noteInJournal(site.layout, {
        ...entryOf(one, options),
        outcome: left.includes(one.app) ? 'failed' : 'returned',
        reason,
      });
    }
    const outcome =
      left.length > 0 ? `and ${left.join(', ')} did not become ready with it either` : 'which serves again';
    throw new OperatorError(
      `${reason}; returned to the releases of before, ${outcome}. The log: service logs ${to.app}`,
    );
  }
  for (const { app } of done) {
    for (const { version } of new Releases(site.layout).prune(app, options.keep))
      site.say(`${app} ${version} is removed`);
  }
}

/** The units first; then whoever is asked before whoever asks. */
function inOrder(releases: readonly InstalledRelease[]): InstalledRelease[] {
  const order: readonly ReleasedApp[] = ['deploy', ...SERVICES];
  return releases.toSorted((a, b) => order.indexOf(a.app) - order.indexOf(b.app));
}

function switchTo({ layout, say }: Site, to: InstalledRelease): Change {
  const installed = new Releases(layout);
  const change = { app: to.app, to, from: installed.current(to.app), previous: installed.previous(to.app) };
  installed.switchTo(to);
  say(`${to.app}: ${change.from?.version ?? 'nothing'} → ${to.version}`);
  return change;
}

/** @returns why the release cannot stay, or `undefined` */
async function proved(
  site: Site,
  { app, to, from }: Change,
  { timeoutMs, settleMs }: ChangeOptions,
): Promise<string | undefined> {
  const { layout, manager, say } = site;
  try {
    if (app === 'deploy') {
      installSystemFiles(layout, to.folder, from?.folder);
      if (await manager.isRunning()) await manager.reload();
      return undefined;
    }
    if (!(await isInUse(manager, app))) return undefined;
    await manager.restart(app);
    const trouble = await troubleOf(site, app, { version: to.healthVersion, timeoutMs, settleMs });
    if (trouble === undefined) say(`${app} ${to.version} is ready`);
    return trouble;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One that its operator has stopped is not started by a change of its release. */
async function isInUse(manager: ServiceManager, service: ServiceName): Promise<boolean> {
  return (await manager.isRunning()) && (await manager.state(service)).state !== 'stopped';
}

/** What has served is not given up as fast as what is new. */
const RETURN_TIMEOUT_MS = 60_000;

/** @returns those that did not become ready with what they had before */
async function returnAll(site: Site, changes: readonly Change[], options: ChangeOptions): Promise<ReleasedApp[]> {
  const left: ReleasedApp[] = [];
  for (const { app, to, from, previous } of changes) {
    new Releases(site.layout).restore(app, from, previous);
    if (!from) continue;
    const back = { app, to: from, from: to, previous: undefined };
    const trouble = await proved(site, back, { ...options, timeoutMs: Math.max(options.timeoutMs, RETURN_TIMEOUT_MS) });
    if (trouble === undefined) continue;
    site.say(`${app} ${from.version}: ${trouble}`);
    left.push(app);
  }
  return left;
}

function entryOf({ app, from, to }: Change, { action }: ChangeOptions): Omit<JournalEntry, 'at' | 'outcome'> {
  return { action, app, from: from?.version, to: to.version };
}
