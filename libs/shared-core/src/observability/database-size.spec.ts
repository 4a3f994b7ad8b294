import { statSync } from 'node:fs';
import { describeOnEngines } from '../testing/database-engines';
import { LEDGER } from '../database/testing/ledger';
import { databaseSizeMetrics } from './database-size';

describeOnEngines('the size of the database', (engine) => {
  it('is told in bytes, with what is free in them', async () => {
    const url = await engine.freshUrl();
    const db = await engine.openDatabase({ url, ...LEDGER });
    const [size, free] = databaseSizeMetrics(db);
    const bytes = (await size?.collect())?.[0]?.value ?? 0;
    expect(bytes).toBeGreaterThan(8_192);
    expect(await free?.collect()).toEqual([{ value: 0 }]);
    if (engine.engine !== 'sqlite') return;
    await db.close();
    expect(statSync(url.replace('sqlite:', '')).size).toBe(bytes);
  });
});
