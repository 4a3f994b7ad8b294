import { OperatorError } from '@aitbc/operator-programs';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { agentsWayText, BUCKETS, FIRST_WAYS, parseAgentsWay, releaseShare, type Ways } from './ways';

/** Sets that are kept, the present one too: what was set before can be read there. */
const KEPT_SETS = 10;

/** The ways as they are written down for people. */
interface Written {
  readonly agents: string;
  readonly shadow: boolean;
  /** RFC 3339. */
  readonly since: string;
}

/** Ways, and since when they are. */
export interface WaysNow extends Ways {
  readonly since: string;
}

/** As people read them. */
export function waysLine({ agents, shadow, since }: WaysNow): string {
  return `agents=${agentsWayText(agents)} shadow=${shadow ? 'on' : 'off'} (since ${since})`;
}

/**
 * The ways as nginx sees them: it looks for files of the set that `current` points to, for each request. So a change is
 * one rename: the next request goes by it, no connection notices, and nginx is not reloaded.
 *
 *     ways/current -> sets/<number>
 *     ways/sets/<number>/proxy                     agents are served through the coordinator
 *     ways/sets/<number>/releases/<name>/<bucket>  principals of that bucket are served by the release
 *     ways/sets/<number>/shadow                    reads are compared
 *     ways/sets/<number>/ways.json                 the same for people
 */
export class WaysFolder {
  private readonly root: string;

  constructor(
    folder: string,
    private readonly releases: readonly string[],
  ) {
    this.root = join(folder, 'ways');
  }

  /** @throws OperatorError when nothing was set yet. */
  read(): WaysNow {
    try {
      const written = JSON.parse(readFileSync(join(this.root, 'current', 'ways.json'), 'utf8')) as Written;
      return {
        agents: parseAgentsWay(written.agents, this.releases),
        shadow: written.shadow,
        since: written.since,
      };
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new OperatorError(`${this.root} does not say which ways are set: ${why}`, { cause });
    }
  }

  /**
   * The first ways of a new router; those of one that is there stay as they are.
   * @throws OperatorError when those lead to a release that there is not
   */
  ensure(): void {
    try {
      readlinkSync(join(this.root, 'current'));
    } catch {
      return this.write(FIRST_WAYS);
    }
    this.read();
  }

  /** Takes effect as a whole with the next request. */
  write(ways: Ways): void {
    const sets = join(this.root, 'sets');
    mkdirSync(sets, { recursive: true });
    const set = this.newSet(sets);
    this.fill(set, ways);
    // nginx's workers look in here, whatever the caller's umask hides from others.
    for (const folder of [this.root, sets, set]) chmodSync(folder, 0o755);
    const next = join(this.root, `next-${basename(set)}`);
    symlinkSync(join('sets', basename(set)), next);
    renameSync(next, join(this.root, 'current'));
    this.forgetOld(sets);
  }

  private fill(set: string, ways: Ways): void {
    const written: Written = {
      agents: agentsWayText(ways.agents),
      shadow: ways.shadow,
      since: new Date().toISOString(),
    };
    writeFileSync(join(set, 'ways.json'), `${JSON.stringify(written)}\n`);
    if (ways.agents.to === 'proxy') writeFileSync(join(set, 'proxy'), '');
    if (ways.shadow) writeFileSync(join(set, 'shadow'), '');
    const share = releaseShare(ways.agents);
    if (!share) return;
    const folder = join(set, 'releases', share.release);
    mkdirSync(folder, { recursive: true });
    for (const each of [join(set, 'releases'), folder]) chmodSync(each, 0o755);
    for (let bucket = share.from; bucket < BUCKETS; bucket += 1) writeFileSync(join(folder, String(bucket)), '');
  }

  /** After the last one: who changes the ways does so alone. */
  private newSet(sets: string): string {
    const last = Number(readdirSync(sets).sort().at(-1) ?? 0);
    const set = join(sets, String(last + 1).padStart(6, '0'));
    mkdirSync(set);
    return set;
  }

  /** The present set is the last one. */
  private forgetOld(sets: string): void {
    const old = readdirSync(sets).sort().slice(0, -KEPT_SETS);
    for (const name of old) rmSync(join(sets, name), { recursive: true, force: true });
  }
}
