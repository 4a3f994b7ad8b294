import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { BY_FIGURES, DEPLOYED, figuredAlerts, FIGURES } from './testing/deployed';

/** @throws Error with what it says, when something is wrong. */
function promtool(...args: string[]): string {
  return execFileSync('promtool', args, { encoding: 'utf8', stdio: 'pipe' });
}

describe('what is deployed for Prometheus', () => {
  it('is taken by it', () => {
    const file = join(DEPLOYED, 'prometheus', 'prometheus.yml');
    expect(promtool('check', 'config', file)).toMatch(/is valid prometheus config file syntax/);
    expect(promtool('check', 'rules', join(DEPLOYED, 'prometheus', 'aitbc.rules.yml'))).toMatch(/SUCCESS/);
  });

  it('says of figures that no test can make what it should, and nothing of those of health', () => {
    expect(promtool('test', 'rules', FIGURES)).toMatch(/SUCCESS/);
    expect(figuredAlerts()).toEqual(expect.arrayContaining(BY_FIGURES));
  });
});
