import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newWebhookSecret, signatureHeaders } from './signing';

const PAGE = readFileSync(join(__dirname, '../../../../../docs/webhooks.md'), 'utf8');
const EXAMPLE = /```js\n(.*?)```/s.exec(PAGE)?.[1] ?? '';

/** What the example of the documentation makes of a message: its event, or the words of its refusal. */
function verified(headers: object, body: string, secret: string): unknown {
  const call = `
    try { console.log(JSON.stringify(verify(${JSON.stringify(headers)}, ${JSON.stringify(body)}, ${JSON.stringify(secret)}))); }
    catch (error) { console.log(JSON.stringify(error.message)); }`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', EXAMPLE + call], { encoding: 'utf8' });
  return JSON.parse(output);
}

describe('the example in docs/webhooks.md', () => {
  const [old, secret] = [newWebhookSecret(), newWebhookSecret()];
  const payload = JSON.stringify({ type: 'com.aitbc.execution.completed', data: { text: 'Grüße' } });
  const now = Math.floor(Date.now() / 1_000);
  const headers = signatureHeaders([secret, old], { id: 'whd_1', timestamp: now, payload });
  const refusal = 'not a message of the platform';

  it('is short', () => {
    expect(EXAMPLE.trim().split('\n').length).toBeLessThanOrEqual(17);
  });

  it('takes what we sign, by the new secret and by the old one', () => {
    for (const each of [secret, old]) expect(verified(headers, payload, each)).toEqual(JSON.parse(payload));
  });

  it('refuses what was changed, is old, or is signed by somebody else', () => {
    expect(verified(headers, payload.replace('completed', 'failed'), secret)).toBe(refusal);
    expect(verified({ ...headers, 'webhook-id': 'whd_2' }, payload, secret)).toBe(refusal);
    expect(verified(headers, payload, newWebhookSecret())).toBe(refusal);
    expect(verified({ ...headers, 'webhook-signature': 'v1' }, payload, secret)).toBe(refusal);
    expect(verified({ ...headers, 'webhook-signature': undefined }, payload, secret)).toBe(refusal);
    const past = signatureHeaders([secret], { id: 'whd_1', timestamp: now - 600, payload });
    expect(verified(past, payload, secret)).toBe(refusal);
  });
});
