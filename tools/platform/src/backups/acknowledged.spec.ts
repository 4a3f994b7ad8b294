import { type Database, openDatabase } from '@aitbc/shared-core';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { type Acknowledged, missingFrom, type SeenExecution, writesOf } from './acknowledged';

const TABLES = [
  'CREATE TABLE agents (id text, metadata text)',
  'CREATE TABLE ai_agent_workflows (id text, current_version integer)',
  'CREATE TABLE ai_agent_workflow_versions (workflow_id text, version integer, description text)',
  'CREATE TABLE agent_executions (id text, completed_at bigint)',
  'CREATE TABLE execution_receipts (execution_id text, jws text)',
  `INSERT INTO agents VALUES ('a', '{"count":3}')`,
  `INSERT INTO ai_agent_workflows VALUES ('w', 2)`,
  `INSERT INTO ai_agent_workflow_versions VALUES ('w', 1, '0'), ('w', 2, '1')`,
  `INSERT INTO agent_executions VALUES ('done', 1), ('open', NULL)`,
  `INSERT INTO execution_receipts VALUES ('done', 'x.y.z')`,
];

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ url: `sqlite:${folder.file('a.db')}`, entities: [], migrations: [] });
  await database.writeSet(async (sql) => {
    for (const statement of TABLES) await sql.query(statement);
  });
});
afterAll(async () => {
  await database.close();
  await folder.remove();
});

const agent = '/api/v1/agent/agents/a';
const workflow = '/api/v1/agent/workflows/w';

function seen(counters: Record<string, number>, executions: Record<string, SeenExecution> = {}): Acknowledged {
  return { counters: new Map(Object.entries(counters)), executions: new Map(Object.entries(executions)) };
}

it('misses nothing that is there, or went on since', async () => {
  const all = seen({ [agent]: 3, [workflow]: 1 }, { done: { ended: true, receipt: 'x.y.z' }, open: { ended: false } });
  expect(await missingFrom(database, all)).toEqual([]);
  expect(writesOf(all)).toBe(4 + 2 + 3 + 1);
  expect(await missingFrom(database, seen({ [agent]: 2 }, { done: { ended: false } }))).toEqual([]);
});

it.each([
  ['a raise', seen({ [agent]: 4 }), `${agent} was raised to 4, and is 3`],
  ['an update of a workflow', seen({ [workflow]: 2 }), `${workflow} was raised to 2, and is 1`],
  ['a creation', seen({ '/api/v1/agent/agents/b': 0 }), '/api/v1/agent/agents/b was raised to 0, and is not there'],
  ['a start', seen({}, { gone: { ended: false } }), 'gone was started, and is not there'],
  ['an end', seen({}, { open: { ended: true } }), 'open had ended, and is unfinished'],
  [
    'a receipt',
    seen({}, { done: { ended: true, receipt: 'a.b.c' } }),
    'the receipt of done is not the one that was given out',
  ],
])('misses %s that was acknowledged', async (_, acknowledged, sentence) => {
  expect(await missingFrom(database, acknowledged)).toEqual([sentence]);
});
