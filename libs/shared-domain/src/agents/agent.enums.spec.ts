import {
  AGENT_LIFECYCLES,
  AGENT_STATUSES,
  canChangeLifecycle,
  HEARTBEAT_INTERVAL_SECONDS,
  onlineSince,
  statusAt,
} from './agent.enums';

const NOW = 1_780_000_000_000;
const SILENCE_ALLOWED = 3 * HEARTBEAT_INTERVAL_SECONDS * 1000;

describe('the lifecycle of an agent', () => {
  it('allows exactly these changes', () => {
    const allowed = AGENT_LIFECYCLES.flatMap((from) =>
      AGENT_LIFECYCLES.filter((to) => canChangeLifecycle(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(allowed).toEqual([
      'registered → active',
      'registered → suspended',
      'registered → retired',
      'active → suspended',
      'active → retired',
      'suspended → active',
      'suspended → retired',
    ]);
  });
});

describe('the status of an agent', () => {
  it.each(AGENT_STATUSES)('is what it reported (%s) until three intervals have passed in silence', (reported) => {
    expect(statusAt(NOW, reported, NOW - SILENCE_ALLOWED)).toBe(reported);
  });

  it.each(AGENT_STATUSES)('is offline after that, whatever it reported (%s)', (reported) => {
    expect(statusAt(NOW, reported, NOW - SILENCE_ALLOWED - 1)).toBe('offline');
  });

  it('is offline before the first heartbeat', () => {
    expect(statusAt(NOW, 'available', null)).toBe('offline');
  });

  it('agrees with the bound that queries use', () => {
    expect(statusAt(NOW, 'busy', onlineSince(NOW))).toBe('busy');
    expect(statusAt(NOW, 'busy', onlineSince(NOW) - 1)).toBe('offline');
  });
});
