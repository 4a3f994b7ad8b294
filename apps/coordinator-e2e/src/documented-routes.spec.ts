import { actor, type Actor, type Role } from './testing/actors';
import { type Call, Client } from './testing/client';
import { documentedOperations, type Operation } from './testing/documented';
import { isJudged } from './testing/judged';
import { probe } from './testing/probe';
import { expectProblem } from './testing/problem';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
const ROLES: readonly Role[] = ['client', 'miner', 'service', 'admin'];
const BIG = JSON.stringify({ big: 'x'.repeat(1_048_576) });

let operations: Operation[];
let actors: Actor[];
beforeAll(async () => {
  operations = await documentedOperations(isJudged);
  actors = await Promise.all(ROLES.map((role) => actor(role)));
});

/** Sends each operation that documents the status, as one who may call it; tells which answer another status. */
async function withoutAnswer(
  status: number,
  concerns: (operation: Operation) => boolean,
  more: Call,
  query?: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const operation of operations.filter(concerns)) {
    const answered = [];
    for (const { http } of actors) {
      const response = await probe(http, operation, more, query);
      answered.push(response.status);
      if (response.status === status) expectProblem(response);
      if (response.status !== 403) break;
    }
    if (answered.at(-1) !== status) found.push(`${operation.method} ${operation.template}: ${answered.join()}`);
  }
  return found;
}

const documents = (status: number) => (operation: Operation) => operation.statuses.includes(status);
const takesBody = (operation: Operation) => operation.takesBody;
const takesQuery = (operation: Operation) => operation.takesQuery;

describe('every documented route', () => {
  it('asks for a key: 401', async () => {
    const open = [];
    for (const operation of operations.filter(documents(401))) {
      const response = await probe(new Client(), operation);
      if (response.status === 401) expectProblem(response);
      else open.push(`${operation.method} ${operation.template}: ${response.status}`);
    }
    expect(open).toEqual([]);
  });

  it('is for the roles that it is for: 403', async () => {
    const open = [];
    for (const operation of operations.filter(documents(403))) {
      const answers = [];
      for (const { http } of actors) answers.push(await probe(http, operation));
      const refused = answers.filter(({ status }) => status === 403);
      for (const response of refused) expectProblem(response);
      if (refused.length === 0) open.push(`${operation.method} ${operation.template}`);
    }
    expect(open).toEqual([]);
  });

  it('that takes a body takes JSON only, of 1 MiB at most: 400, 413, 415', async () => {
    expect(await withoutAnswer(400, takesBody, { raw: '{' })).toEqual([]);
    expect(await withoutAnswer(413, takesBody, { raw: BIG })).toEqual([]);
    const headers = { 'content-type': 'text/plain' };
    expect(await withoutAnswer(415, takesBody, { raw: '{}', headers })).toEqual([]);
  });

  it('that takes a body takes no text that is not well-formed: 422', async () => {
    expect(await withoutAnswer(422, takesBody, { raw: '{"surprise":"\\ud800"}' })).toEqual([]);
  });

  it('that takes a query takes a readable one with names that it knows: 400, 422', async () => {
    expect(await withoutAnswer(400, takesQuery, {}, '?limit=%E0%A4%A')).toEqual([]);
    expect(await withoutAnswer(422, takesQuery, {}, '?surprise=1')).toEqual([]);
  });
});
// jscpd:ignore-end
