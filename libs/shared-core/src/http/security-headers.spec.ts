import request from 'supertest';
import { createTestApp } from '../testing/http-test-app';

const { app } = createTestApp((routes) => {
  routes.get('/thing', (_req, res) => void res.json('ok'));
  routes.get('/page', (_req, res) => void res.set('Content-Security-Policy', "default-src 'self'").send('<p>'));
});

describe('security headers', () => {
  it.each(['/thing', '/nowhere', '/health'])('are on %s', async (path) => {
    const { headers } = await request(app).get(path);
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('give way to those of a page', async () => {
    const { headers } = await request(app).get('/page').expect(200);
    expect(headers['content-security-policy']).toBe("default-src 'self'");
  });
});
