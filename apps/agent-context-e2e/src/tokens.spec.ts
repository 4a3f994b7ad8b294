import { actor, unique } from './testing/actors';
import { Client } from './testing/client';
import { ran } from './testing/executions';
import { ed25519, type KeyPair, signedAs } from './testing/jws';
import { EXECUTIONS, LIST } from './testing/paths';
import { expectProblem } from './testing/problem';
import { dataStep } from './testing/workflows';

const seconds = () => Math.floor(Date.now() / 1_000);

/** The published key's id, under which a forger would sign. */
async function kid(): Promise<string> {
  return (await new Client().get('/.well-known/jwks.json')).body.keys[0].kid;
}

async function issuer(): Promise<string> {
  const alice = await actor('client');
  const { id } = await ran(alice, { steps: { only: dataStep('1') } });
  const { body } = await alice.http.get(`${EXECUTIONS}/${String(id)}/receipt`);
  const payload = Buffer.from(body.jws.split('.')[1], 'base64url').toString();
  return (JSON.parse(payload) as { issuer: string }).issuer;
}

const refused = async (token: string): Promise<void> => {
  const headers = { authorization: `Bearer ${token}` };
  const response = await new Client().call('get', LIST, { status: 401, headers });
  expectProblem(response);
  expect(response.headers['www-authenticate']).toMatch(/^Bearer/);
};

/** Refusals only: tokens are issued to services inside the platform, and to nobody through its API. */
describe('tokens of services', () => {
  let forger: KeyPair;
  let header: { alg: string; typ: string; kid: string };
  let claims: Record<string, unknown>;
  beforeAll(async () => {
    forger = ed25519();
    header = { alg: 'EdDSA', typ: 'at+jwt', kid: await kid() };
    const now = seconds();
    claims = { iss: await issuer(), aud: 'aitbc', sub: unique('service'), role: 'service', iat: now, exp: now + 60 };
  });

  it('are refused when somebody else signed them, under our key’s id or another', async () => {
    await refused(signedAs(header, claims, forger));
    await refused(signedAs({ ...header, kid: unique('key') }, claims, forger));
    await refused(signedAs({ ...header, jwk: forger.publicJwk }, claims, forger));
  });

  it('are refused when nobody signed them', async () => {
    const [, payload] = signedAs(header, claims, forger).split('.');
    for (const alg of ['none', 'None', 'HS256']) {
      const head = Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url');
      await refused(`${head}.${payload}.`);
      await refused(`${head}.${payload}.AAAA`);
    }
  });

  it('are not what else the platform has signed: a receipt opens nothing', async () => {
    const alice = await actor('client');
    const { id } = await ran(alice, { steps: { only: dataStep('1') } });
    const { body } = await alice.http.get(`${EXECUTIONS}/${String(id)}/receipt`);
    await refused(body.jws);
  });

  it('are refused when they are nonsense', async () => {
    for (const token of ['eyJ.eyJ.x', 'eyJhbGciOiJFZERTQSJ9..', 'a.b.c']) await refused(token);
  });
});
