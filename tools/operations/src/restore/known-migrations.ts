import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layout } from '../layout';
import { Findings, type RestoreCheck } from './checks';

/** The services that migrate, and so know what has made the tables. */
const MIGRATING = ['coordinator-api', 'agent-management'] as const;

/**
 * Whether the releases that are current know every migration of the database: services of an older release must not serve
 * one of a newer release. A migration is named in the program that has it, since that name is what the database records.
 */
export function verifyKnownMigrations(layout: Layout, migrations: readonly string[]): RestoreCheck {
  const findings = new Findings();
  const programs = MIGRATING.map((app) => join(layout.current(app), 'main.js')).filter((path) => existsSync(path));
  if (programs.length === 0) return findings.check('current release', `none is installed below ${layout.root}`);
  const code = programs.map((path) => readFileSync(path, 'utf8')).join('\n');
  for (const name of migrations) {
    findings.look();
    if (!new RegExp(`\\b${name}\\b`).test(code)) findings.fault(`it does not know ${name}: install a newer one`);
  }
  return findings.check('current release', 'it knows every migration of the database');
}
