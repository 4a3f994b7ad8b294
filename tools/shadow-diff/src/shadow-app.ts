import { createHttpApp, type Logger, Metrics, type ServiceState } from '@aitbc/shared-core';
import type { Express, RequestHandler } from 'express';
import type { Incoming } from './mirror/mirrored-request';
import type { ReportDocument } from './report/report-document';
import { PAGE_POLICY, reportPage } from './report/report-page';

export interface ShadowAppOptions {
  readonly version: string;
  readonly state: ServiceState;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Is told of each request that is not for the shadow itself. */
  readonly mirror: (request: Incoming) => void;
  readonly report: () => ReportDocument;
}

/** Probes, the report, and everything else, which is mirrored. */
export function createShadowApp({ mirror, report, ...options }: ShadowAppOptions): Express {
  return createHttpApp({
    ...options,
    service: 'shadow-diff',
    readiness: () => undefined,
    // Before bodies are read: whatever a mirrored request brings along, nobody looks at it.
    beforeBody: (app) => {
      app.get('/report.json', (_req, res) => void res.json(report()));
      app.get('/report', (_req, res) => {
        res.setHeader('Content-Security-Policy', PAGE_POLICY);
        res.type('html').send(reportPage(report()));
      });
      app.use(mirrored(mirror));
    },
    routes: () => undefined,
  });
}

/** The router throws the answer away, and lets its client go on only when it has it: so it is given at once. */
function mirrored(mirror: ShadowAppOptions['mirror']): RequestHandler {
  return (req, res) => {
    res.status(204).end();
    mirror({ method: req.method, url: req.originalUrl, headers: req.headers });
  };
}
