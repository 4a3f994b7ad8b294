import type { Timeline } from '../drills/report/timeline';
import type { LoadRecord } from '../load/tally';

/** Tells a timeline of each request of a load. */
export class TimelineRecord implements LoadRecord {
  constructor(private readonly timeline: Timeline) {}

  answer(server: string, ms: number, method: string): void {
    this.timeline.request({ server, kind: kindOf(method), ms });
  }

  fail(request: string, reason: string, method: string, ms: number): void {
    this.timeline.request({ server: '', kind: kindOf(method), ms, failure: `${request}: ${reason}` });
  }
}

function kindOf(method: string): 'read' | 'write' {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}
