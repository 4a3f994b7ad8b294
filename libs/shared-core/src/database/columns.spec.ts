import {
  CountColumn,
  FlagColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
  UnitsColumn,
} from '@aitbc/shared-domain';
import { Between, Entity, LessThanOrEqual, MigrationInterface, PrimaryColumn, QueryRunner } from 'typeorm';
import { describeOnEngines } from '../testing/database-engines';
import type { Database } from './database';

@Entity('samples')
class Sample {
  @PrimaryColumn('varchar', { length: 60 })
  id: string;

  @TextColumn(20, { nullable: true })
  short: string | null;

  @LongTextColumn({ nullable: true })
  long: string | null;

  @JsonColumn({ nullable: true })
  json: object | null;

  @TimeColumn({ nullable: true })
  at: number | null;

  @UnitsColumn({ nullable: true })
  units: number | null;

  @CountColumn({ nullable: true })
  count: number | null;

  @FlagColumn({ nullable: true })
  flag: boolean | null;
}

class CreateSamples1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE samples (id varchar(60) PRIMARY KEY, short varchar(20), long text, json text, at bigint,
                             units bigint, count integer, flag boolean)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE samples');
  }
}

const FULL: Sample = {
  id: 'full',
  short: `ä'"\\%_ 漢 🜁`,
  long: `${'x'.repeat(100_000)}\n$1 ?`,
  json: { nested: [1, 2.5, null, { deep: true }], text: `it's`, big: 9_007_199_254_740_991 },
  at: Date.UTC(2026, 10, 23, 12, 0, 0, 123),
  units: Number.MAX_SAFE_INTEGER,
  count: -2_147_483_648,
  flag: true,
};
const EMPTY: Sample = {
  id: 'empty',
  short: null,
  long: null,
  json: null,
  at: null,
  units: null,
  count: null,
  flag: null,
};
const ZERO: Sample = { id: 'zero', short: '', long: '', json: [], at: 0, units: 0, count: 0, flag: false };

describeOnEngines('a portable column', (context) => {
  let database: Database;

  beforeAll(async () => {
    database = await context.openDatabase({ entities: [Sample], migrations: [CreateSamples1700000000000] });
    await database.write((manager) => manager.insert(Sample, [FULL, EMPTY, ZERO]));
  });

  const load = (id: string) => database.read((manager) => manager.findOneByOrFail(Sample, { id }));

  it.each([FULL, EMPTY, ZERO])('reads back what was inserted: $id', async (sample) => {
    expect({ ...(await load(sample.id)) }).toEqual(sample);
  });

  it.each([FULL, EMPTY, ZERO])('reads back what was saved: $id', async (sample) => {
    const id = `saved-${sample.id}`;
    await database.write((manager) => manager.save(Sample, { ...sample, id }));
    expect({ ...(await load(id)) }).toEqual({ ...sample, id });
  });

  it('is compared by value in the database', async () => {
    const at = FULL.at ?? 0;
    const found = await database.read((manager) =>
      manager.find(Sample, {
        where: { at: Between(at, at + 1), units: LessThanOrEqual(Number.MAX_SAFE_INTEGER), flag: true, id: 'full' },
      }),
    );
    expect(found).toHaveLength(1);
  });

  it('reads raw as the same numbers on both engines', async () => {
    const rows = await database.readSql((sql) =>
      sql.query('SELECT at, units, count FROM samples WHERE at = $1 AND units >= $2 AND id = $3', [FULL.at, 1, 'full']),
    );
    expect(rows).toEqual([{ at: FULL.at, units: FULL.units, count: FULL.count }]);
  });

  it('refuses money that a number cannot hold', async () => {
    const unsafe = database.write((manager) => manager.insert(Sample, { ...ZERO, id: 'unsafe', units: 2 ** 53 }));
    await expect(unsafe).rejects.toThrow(RangeError);
  });
});
