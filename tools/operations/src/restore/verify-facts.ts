import { type DatabaseFacts } from '../backup/database-facts';
import { Findings, type RestoreCheck } from './checks';

/** Whether a restored database has what was counted when it was backed up. */
export function verifyFacts(found: DatabaseFacts, expected: DatabaseFacts): RestoreCheck[] {
  return [verifyCounts(found, expected), verifyMigrations(found, expected), verifyPlace(found, expected)];
}

function verifyCounts({ counts: found }: DatabaseFacts, { counts: expected }: DatabaseFacts): RestoreCheck {
  const findings = new Findings();
  const tables = new Set([...Object.keys(expected), ...Object.keys(found)]);
  for (const table of tables) {
    findings.look();
    if (found[table] === expected[table]) continue;
    findings.fault(`${table} has ${found[table] ?? 'no'} rows instead of ${expected[table] ?? 'none'}`);
  }
  const rows = Object.values(found).reduce((sum, count) => sum + count, 0);
  return findings.check('tables', `${rows} rows, as many in each table as were backed up`);
}

function verifyMigrations({ migrations: found }: DatabaseFacts, { migrations: expected }: DatabaseFacts): RestoreCheck {
  const findings = new Findings();
  findings.look(found.length);
  const lacking = expected.filter((name) => !found.includes(name));
  const others = found.filter((name) => !expected.includes(name));
  for (const name of lacking) findings.fault(`${name} is missing`);
  for (const name of others) findings.fault(`${name} was not there`);
  return findings.check('migrations', `the last is ${found.at(-1) ?? 'none'}`);
}

function verifyPlace({ highestPlace: found }: DatabaseFacts, { highestPlace: expected }: DatabaseFacts): RestoreCheck {
  const findings = new Findings();
  findings.look();
  if (found !== expected) findings.fault(`the feed of events ends at ${found} instead of ${expected}`);
  return findings.check('feed', `the feed of events ends at ${found}`);
}
