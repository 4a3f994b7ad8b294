import { setTimeout as delay } from 'node:timers/promises';
import { actor, admin, unique } from './testing/actors';
import { Client } from './testing/client';
import { eventually } from './testing/eventually';
import { KEYS, SERVICES } from './testing/paths';
import { expectProblem } from './testing/problem';

/** How long a key that was valid may be believed, and some. */
const BELIEVED_MS = 5_500;
/** Long enough to create a key and use it before it expires, on a machine that stalls meanwhile. */
const VALID_MS = 6_000;

const create = async (more: object = {}) => {
  const { body } = await admin.post(KEYS, { subject: unique('subject'), role: 'client', ...more });
  return { id: String(body.id), key: String(body.api_key), body };
};

describe('API keys', () => {
  it('have at least 256 bits', async () => {
    const subject = unique('subject');
    const { id, key, body } = await create({ subject, label: 'a laptop' });
    expect(body).toMatchObject({ subject, role: 'client', label: 'a laptop' });
    expect(Buffer.from(key.replace(/^[a-z]+_/, ''), 'base64url').length).toBeGreaterThanOrEqual(32);
    await new Client(key).get(SERVICES);
    await admin.delete(`${KEYS}/${id}`);
  });

  it('work as bearer tokens too', async () => {
    const { id, key } = await create();
    const headers = { authorization: `Bearer ${key}` };
    await new Client().call('get', SERVICES, { status: 200, headers });
    await admin.delete(`${KEYS}/${id}`);
  });

  it('are of no use 5 s after they were revoked, whichever process is asked', async () => {
    const { id, key } = await create();
    await new Client(key).get(SERVICES);
    await admin.delete(`${KEYS}/${id}`);
    await delay(BELIEVED_MS);
    expectProblem(await new Client(key).get(SERVICES, 401));
  });

  it('are of no use once they have expired', async () => {
    const expires_at = new Date(Date.now() + VALID_MS).toISOString();
    const { id, key } = await create({ expires_at });
    await new Client(key).get(SERVICES);
    const refused = () =>
      new Client(key).get(SERVICES, 401).then(
        () => true,
        () => false,
      );
    await eventually(refused, (isRefused) => isRefused);
    await admin.delete(`${KEYS}/${id}`);
  });

  it('are made and revoked by admins only', async () => {
    for (const role of ['client', 'miner', 'service'] as const) {
      const { http } = await actor(role);
      expectProblem(await http.post(KEYS, { subject: 'me', role: 'admin' }, 403));
      expectProblem(await http.delete(`${KEYS}/key_none`, 403));
    }
    expectProblem(await admin.delete(`${KEYS}/key_none`, 404));
    const other = await actor('admin');
    const { id } = await create();
    await other.http.delete(`${KEYS}/${id}`);
  });
});
