import { newWebhookSecret, signatureHeaders } from './signing';

describe('signatures of webhooks', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, payload: '{"test": 2432232314}' };

  it('are those of the reference implementations', () => {
    expect(signatureHeaders(['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], message)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are one for each secret, the newest first', () => {
    const [one, two] = [newWebhookSecret(), newWebhookSecret()];
    const of = (...secrets: string[]) => signatureHeaders(secrets, message)['webhook-signature'];
    expect(of(one, two)).toBe(`${of(one)} ${of(two)}`);
    expect(of(one)).not.toBe(of(two));
  });

  it('are made with secrets of 32 random bytes', () => {
    const secrets = Array.from({ length: 100 }, newWebhookSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) {
      expect(secret).toMatch(/^whsec_/);
      expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
    }
  });
});
