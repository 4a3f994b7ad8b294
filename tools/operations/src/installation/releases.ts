import { existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Layout, ReleasedApp } from '../layout';
import { readReleaseInfo, type ReleaseInfo } from '../release/release-info';

/** A release in the folder of releases. */
export interface InstalledRelease extends ReleaseInfo {
  readonly folder: string;
}

/** What of releases is on the disk, and which of them serve. */
export class Releases {
  constructor(private readonly layout: Layout) {}

  /** All of an application, the newest build first. */
  of(app: ReleasedApp): InstalledRelease[] {
    const { releases } = this.layout;
    if (!existsSync(releases)) return [];
    const folders = readdirSync(releases).filter((name) => name.startsWith(`${app}-`) && !name.includes('.staging'));
    return folders
      .map((name) => this.at(join(releases, name)))
      .filter((release) => release.app === app)
      .sort((a, b) => b.builtAt.localeCompare(a.builtAt));
  }

  current(app: ReleasedApp): InstalledRelease | undefined {
    return this.linked(this.layout.current(app));
  }

  /** What a rollback returns to. */
  previous(app: ReleasedApp): InstalledRelease | undefined {
    return this.linked(this.layout.previous(app));
  }

  /** From now on `release` is started, and a rollback returns to the one that was until now. */
  switchTo(release: InstalledRelease): void {
    const before = this.current(release.app);
    if (before?.folder === release.folder) return;
    if (before) this.link(this.layout.previous(release.app), before.folder);
    this.link(this.layout.current(release.app), release.folder);
  }

  /** Puts both links back to what they were before `switchTo`. */
  restore(app: ReleasedApp, current: InstalledRelease | undefined, previous: InstalledRelease | undefined): void {
    for (const [path, release] of [
      [this.layout.current(app), current],
      [this.layout.previous(app), previous],
    ] as const) {
      if (release) this.link(path, release.folder);
      else rmSync(path, { force: true });
    }
  }

  /** Removes the oldest beyond `keep`, never one that serves or that a rollback returns to. @returns what was removed */
  prune(app: ReleasedApp, keep: number): InstalledRelease[] {
    const needed = [this.current(app)?.folder, this.previous(app)?.folder];
    const spare = this.of(app).filter(({ folder }) => !needed.includes(folder));
    const removed = spare.slice(Math.max(0, keep - needed.filter(Boolean).length));
    for (const { folder } of removed) rmSync(folder, { recursive: true, force: true });
    return removed;
  }

  private linked(path: string): InstalledRelease | undefined {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
    return this.at(join(dirname(path), readlinkSync(path)));
  }

  private at(folder: string): InstalledRelease {
    return { ...readReleaseInfo(folder), folder };
  }

  /** By renaming, so that at each instant the link leads to one release or the other. Relative: a root may be moved. */
  private link(path: string, folder: string): void {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}`;
    rmSync(draft, { force: true });
    symlinkSync(relative(dirname(path), join(this.layout.releases, basename(folder))), draft);
    renameSync(draft, path);
  }
}
