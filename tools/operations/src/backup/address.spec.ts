import { temporaryFolder } from '@aitbc/shared-core/testing';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Layout } from '../layout';
import { databaseOf, describeAddress, namedDatabase } from './address';

const folder = temporaryFolder();
const layout = new Layout(folder.path);
mkdirSync(layout.configuration, { recursive: true });
afterAll(() => folder.remove());

const configured = (text: string) => writeFileSync(join(layout.configuration, 'platform.env'), text);

it('is what the services are told, or where they are installed', () => {
  const standard = { engine: 'sqlite', path: join(layout.state, 'coordinator.db') };
  expect(databaseOf(layout)).toEqual(standard);
  configured('ISSUER_URL=x\nDATABASE_URL=\n');
  expect(databaseOf(layout)).toEqual(standard);
  configured('DATABASE_URL="sqlite:///data/a b.db"\n');
  expect(databaseOf(layout)).toEqual({ engine: 'sqlite', path: '/data/a b.db' });
  configured('DATABASE_URL=sqlite:var/a.db\n');
  expect(() => databaseOf(layout)).toThrow('names no whole path');
});

it('is relative to the caller when the caller names it', () => {
  expect(namedDatabase('sqlite:var/a.db')).toEqual({ engine: 'sqlite', path: resolve('var/a.db') });
});

it('tells no password, neither when it is shown nor when it is refused', () => {
  const address = namedDatabase('postgres://user:secret@db:5433/aitbc');
  expect(describeAddress(address)).toBe('PostgreSQL db:5433/aitbc');
  for (const wrong of ['postgres:secret', 'mysql://user:secret@db/aitbc', 'sqlite:'])
    expect(() => namedDatabase(wrong)).toThrow(
      /^the database must be sqlite:<path> or postgres:\/\/user:password@host/,
    );
});
