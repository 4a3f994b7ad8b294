import { verifyReceipt } from '@aitbc/receipts';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { type CoordinatorApp, openCoordinatorApp } from '../testing/coordinator-app';

const PATH = '/admin/signing-keys/rotate';

describeAboveStores('the rotation of signing keys', (context) => {
  /** Two processes on one database. */
  let here: CoordinatorApp;
  let there: CoordinatorApp;
  let session: string;
  beforeAll(async () => {
    here = await openCoordinatorApp(context);
    there = await openCoordinatorApp(context, here);
    session = await here.register('operator', 'm1');
  });

  /** The receipt of a job that this process completes, as its client gets it. */
  async function receiptBy(app: CoordinatorApp) {
    const jobId = await here.submit();
    await app.completeNext(session, 'm1');
    return (await here.call('client', 'get', `/jobs/${jobId}/receipt`).expect(200)).body;
  }
  const kidOf = ({ jws }: { jws: string }): string =>
    JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()).kid;

  it('holds for the next receipt of every process; old receipts go on verifying', async () => {
    const old = await receiptBy(there);
    const { body } = await here.call('root', 'post', PATH).expect(201);
    expect(body).toEqual({
      kid: expect.stringMatching(/^[\w-]{43}$/),
      created_at: expect.stringMatching(/Z$/),
      retired_kid: kidOf(old),
    });
    const receipts = [await receiptBy(there), await receiptBy(here)];
    expect(receipts.map(kidOf)).toEqual([body.kid, body.kid]);
    for (const { signingKeys } of [here, there]) {
      const jwks = await signingKeys.published();
      expect(jwks.keys.map(({ kid }) => kid)).toEqual([body.kid, kidOf(old)]);
      for (const receipt of [old, ...receipts]) {
        // As the API answers it, with nothing taken away.
        expect(verifyReceipt(receipt, jwks)).toMatchObject({ valid: true });
      }
    }
  });

  it('is for admins, takes no body, and one key makes one rotation', async () => {
    await here.call('client', 'post', PATH).expect(403);
    const rotate = (app: CoordinatorApp) =>
      app.call('root', 'post', PATH).set('idempotency-key', 'the same').expect(201);
    const first = await rotate(here);
    const again = await rotate(there);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await there.signingKeys.published()).keys[0]?.kid).toBe(first.body.kid);
  });
});
