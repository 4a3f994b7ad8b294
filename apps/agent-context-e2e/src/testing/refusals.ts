import { type Actor, actor, type Role } from './actors';
import { type Call, Client, type Method } from './client';
import { expectProblem, pointersOf } from './problem';

/** A route that takes a JSON body, with a request that it would accept. */
export interface BodyRoute {
  readonly method: Method;
  /** With `:name` where the id of a fixture stands. */
  readonly path: string;
  readonly by: Role;
  readonly body: object;
}

/** A request that must be refused. */
export interface Refusal extends Call {
  readonly method: Method;
  readonly path: string;
  /** Whose key it bears; nobody's without it. */
  readonly by?: Role;
  readonly status: number;
  /** `pointer` of each entry of `errors`; a text means: at least one that begins so. */
  readonly pointers?: readonly string[] | string;
}

type Fixtures = Readonly<Record<string, string>>;

/** One test for each refusal. Fixtures are made once, by the actors that the requests come from. */
export function describeRefusals(
  title: string,
  refusals: Readonly<Record<string, Refusal>>,
  fixtures: (actors: Readonly<Record<Role, Actor>>) => Promise<Fixtures> = async () => ({}),
): void {
  describe(title, () => {
    let actors: Readonly<Record<Role, Actor>>;
    let ids: Fixtures;
    beforeAll(async () => {
      const [client, miner, service, admin] = await Promise.all(
        (['client', 'miner', 'service', 'admin'] as const).map((role) => actor(role)),
      );
      if (!client || !miner || !service || !admin) throw new Error('a key is missing');
      actors = { client, miner, service, admin };
      ids = await fixtures(actors);
    });

    it.each(Object.entries(refusals))('%s', async (_name, { method, path, by, pointers, ...call }) => {
      const http = by === undefined ? new Client() : actors[by].http;
      const response = await http.call(method, withIds(path, ids), call);
      expectProblem(response, typeof pointers === 'string' ? undefined : pointers);
      if (typeof pointers === 'string') {
        expect(pointersOf(response)).toEqual([expect.stringMatching(new RegExp(`^${pointers}`))]);
      }
      if (call.status === 405) expect(response.headers['allow']).toMatch(/[A-Z]/);
    });
  });
}

/** The tables of all routes as one. */
export function join(tables: readonly Readonly<Record<string, Refusal>>[]): Record<string, Refusal> {
  return Object.assign({}, ...tables) as Record<string, Refusal>;
}

function withIds(path: string, ids: Fixtures): string {
  return path.replace(/:([a-z]+)/g, (_all, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`there is no fixture ${name}`);
    return encodeURIComponent(id);
  });
}
