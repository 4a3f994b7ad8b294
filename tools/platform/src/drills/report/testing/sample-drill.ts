import type { EndedRequest } from '../aggregate';
import { describeDrill, type DrillReport, type Verdict } from '../drill-report';
import { Timeline } from '../timeline';

/** A timeline whose clock stands still until it is told. */
export class ManualTimeline extends Timeline {
  constructor(private readonly clock = { ms: 5_000 }) {
    super(() => clock.ms);
  }

  pass(ms: number): void {
    this.clock.ms += ms;
  }
}

export function ended(request: Partial<EndedRequest> = {}): EndedRequest {
  return { server: 'monolith', kind: 'read', ms: 4, ...request };
}

export const KEPT: Verdict = { what: 'Lost writes', wanted: '0', seen: '0', kept: true };
export const BROKEN: Verdict = { what: 'Failed requests', wanted: '0', seen: '1', kept: false };

/** A drill of 30 s with a request every 10 ms, flips evenly in the middle third, and such failures. */
export async function sampleDrill({
  flips = 10,
  name = 'flip',
  failures = [] as readonly { readonly atMs: number; readonly kind: 'read' | 'write'; readonly reason: string }[],
  verdicts = [KEPT] as readonly Verdict[],
} = {}): Promise<DrillReport> {
  const timeline = new ManualTimeline();
  const run = async (fromMs: number, toMs: number) => {
    for (let ms = fromMs; ms < toMs; ms += 10) {
      timeline.pass(10);
      const failed = failures.find(({ atMs }) => atMs === ms);
      const kind = failed?.kind ?? (ms % 30 === 0 ? 'write' : 'read');
      const server = ms % 40 === 0 ? 'coordinator-api' : ms % 2_000 < 1_000 ? 'agent-management' : 'monolith';
      timeline.request({ server, kind, ms: 1 + (ms % 7), ...(failed && { failure: failed.reason }) });
    }
  };
  await timeline.span({ name: 'baseline', tolerates: 'nothing' }, () => run(0, 10_000));
  await timeline.span({ name: `${name}s`, tolerates: 'nothing' }, async () => {
    for (let flip = 0; flip < flips; flip += 1) {
      timeline.event(`${name} ${flip + 1}`);
      const at = (index: number) => 10_000 + Math.round((index * 1_000) / flips) * 10;
      await run(at(flip), at(flip + 1));
    }
  });
  await timeline.span({ name: 'kill', tolerates: 'unacknowledged writes' }, () => run(20_000, 30_000));
  return describeDrill({ name: 'cutover', options: { flips }, verdicts }, timeline);
}
