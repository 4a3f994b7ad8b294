import { scaledRules } from './testing/scaled-rules';

const RULES = `
      - alert: Late
        expr: |
          max(age_seconds) > 600 # seconds
            and rate(errors_total{code="5m"}[15m]) > 0.5
        for: 5m
        annotations:
          description: 'late for 5m, or 600 # of them'
      - alert: Gone
        expr: changes(start_seconds[1h]) > 2
`;

describe('rules in a faster time', () => {
  it('have shorter times, and nothing else', () => {
    expect(scaledRules(RULES, 60)).toBe(
      RULES.replace('600 # seconds', '10 # seconds')
        .replace('[15m]', '[15000ms]')
        .replace('for: 5m\n', 'for: 5000ms\n')
        .replace('[1h]', '[60000ms]'),
    );
  });

  it('are as they were at a factor of 1', () => {
    expect(scaledRules('    for: 2m\n x[5m] > 3 # seconds\n', 1)).toBe(
      '    for: 120000ms\n x[300000ms] > 3 # seconds\n',
    );
  });
});
