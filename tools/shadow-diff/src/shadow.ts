import { type Logger, Metrics, RepeatedWork, ServiceState } from '@aitbc/shared-core';
import type { Express } from 'express';
import { type Incoming, type MirroredRequest, mirroredRequest } from './mirror/mirrored-request';
import { Side } from './mirror/side';
import type { ShadowOptions } from './options';
import { type DifferenceReport, Report } from './report/report';
import { reportDocument, type ReportDocument } from './report/report-document';
import { writeReport } from './report/write-report';
import { pathsOf, RouteTemplates } from './routes/route-templates';
import { createShadowApp } from './shadow-app';
import { shadowMetrics } from './shadow-metrics';
import { Comparer } from './work/comparer';
import { WorkQueue } from './work/work-queue';

/** How long a stop may take to compare what waits. */
const FINISH_MS = 5_000;
/** How often the counts are logged, while there are new ones. */
const TELL_EVERY_MS = 30_000;

/** What the process is made of, and what it does with a request. */
export class Shadow {
  readonly app: Express;
  readonly state = new ServiceState();
  private readonly report: Report;
  private readonly comparer: Comparer;
  private readonly routes: RouteTemplates;
  private readonly queue: WorkQueue<MirroredRequest>;
  private readonly telling: RepeatedWork;
  private readonly stopping = new AbortController();
  private told = 0;

  /** @param edgeLogger for the lines of HTTP, one for each request */
  constructor(
    private readonly options: ShadowOptions,
    version: string,
    private readonly logger: Logger,
    edgeLogger: Logger,
  ) {
    const { timeoutMs, rereads, queue: limit, concurrency } = options;
    const release = new Side({ origin: options.release, timeoutMs });
    const service = new Side({ origin: options.service, timeoutMs });
    this.report = new Report(options.allowances, (difference) => this.tellNew(difference));
    this.comparer = new Comparer({ release, service, rereads });
    const pathsOfSide = (side: Side) => () => side.document('/openapi.json').then(pathsOf);
    this.routes = new RouteTemplates({ sources: [pathsOfSide(release), pathsOfSide(service)] });
    this.queue = new WorkQueue((request) => this.compare(request), { limit, concurrency });
    const onFailure = (error: unknown) => logger.warn('the counts could not be told', { event: 'tell_failed', error });
    this.telling = new RepeatedWork(async () => this.tellCounts(), { intervalMs: TELL_EVERY_MS, onFailure });
    this.app = createShadowApp({
      ...{ version, state: this.state, logger: edgeLogger },
      metrics: new Metrics(
        shadowMetrics(this.report, () => this.queue.length),
        logger,
      ),
      mirror: (incoming) => this.mirror(incoming),
      report: () => this.document(),
    });
  }

  start(): void {
    this.telling.start();
  }

  /** Compares what waits, as far as there is time, and leaves the report. Nothing may come in any more. */
  async close(): Promise<void> {
    this.report.drop(await this.queue.finish(FINISH_MS));
    this.stopping.abort();
    await this.telling.stop();
    if (this.options.out !== undefined) writeReport(this.options.out, this.document());
    this.tellCounts();
  }

  /** The exit code that the report deserves. */
  verdict(): number {
    return this.options.failOnDifference && this.report.totals.unexplained > 0 ? 1 : 0;
  }

  private mirror(incoming: Incoming): void {
    const request = mirroredRequest(incoming, this.options);
    if (typeof request === 'string') this.report.skip(request);
    else if (!this.queue.offer(request)) this.report.drop();
  }

  private async compare(request: MirroredRequest): Promise<void> {
    const outcome = await this.comparer.compare(request, this.stopping.signal);
    const route = await this.routes.routeOf(request.path);
    // The stop has counted it as left undone.
    if (!this.stopping.signal.aborted) this.report.add(request, route, outcome);
  }

  private document(): ReportDocument {
    const { release, service } = this.options;
    return reportDocument(this.report, { release, service, waiting: this.queue.length });
  }

  private tellNew({ route, kind, pointer, explanation }: DifferenceReport): void {
    const at = pointer === '' ? '' : ` at ${pointer}`;
    const fields = { event: 'difference', route, kind, pointer, explanation };
    this.logger[explanation === null ? 'warn' : 'info'](`${kind}${at} of ${route}`, fields);
  }

  private tellCounts(): void {
    const { totals, dropped } = this.report;
    const seen = totals.compared + dropped;
    if (seen === this.told && !this.stopping.signal.aborted) return;
    this.told = seen;
    const text = `${totals.compared} compared, ${totals.unexplained} with an unexplained difference`;
    this.logger.info(text, { event: 'counts', ...totals, dropped, skipped: Object.fromEntries(this.report.skipped) });
  }
}
