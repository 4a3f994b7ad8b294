// An ambient module cannot be imported; the reference takes it along into every project that compiles this file.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./swagger-ui-dist.d.ts" />
import express, { type Express, type Request, type Response } from 'express';
import swaggerUiFolder from 'swagger-ui-dist/absolute-path';
import type { OpenApiDocument } from './document';

/** Of the package's files only those that the page loads. */
const ASSETS: ReadonlySet<string> = new Set([
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/favicon-16x16.png',
  '/favicon-32x32.png',
]);

/** All comes from here. Swagger UI sets styles on its elements, and shows icons that its style sheet holds as data. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Adds to a service's own document what others serve under paths of it, each time that somebody asks; gives the same object
 * as long as it is the same document.
 */
export type CompleteDocument = (own: OpenApiDocument, req: Request) => Promise<OpenApiDocument>;

/**
 * `GET /openapi.json` and Swagger UI at `GET /docs`, without authentication, like the probes. The document is made when
 * it is first asked for, so that the start of the process does not wait for it. Both work below any path of a proxy.
 */
export function mountOpenApi(app: Express, makeDocument: () => OpenApiDocument, complete?: CompleteDocument): void {
  let own: OpenApiDocument | undefined;
  const texts = new WeakMap<OpenApiDocument, string>();
  app.get('/openapi.json', async (req, res) => {
    own ??= makeDocument();
    const document = complete ? await complete(own, req) : own;
    const text = texts.get(document) ?? JSON.stringify(document);
    texts.set(document, text);
    // Other tools, on other origins, may read what is public anyway.
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type('application/json').send(text);
  });
  app.get('/docs', (req, res) => {
    // The page names its files relative to itself, so that it works behind a prefix; but not with a slash at its end.
    if (req.path.endsWith('/')) res.redirect(308, '../docs');
    else sendDocs(res, 'html', PAGE);
  });
  const files = express.static(swaggerUiFolder(), { index: false, redirect: false });
  app.use('/docs', (req, res, next) => {
    if (req.path === '/initialise.js' && req.method === 'GET') sendDocs(res, 'js', INITIALISE);
    else if (ASSETS.has(req.path)) files(req, res, next);
    else next();
  });
}

function sendDocs(res: Response, type: string, text: string): void {
  res.setHeader('Content-Security-Policy', PAGE_POLICY);
  res.type(type).send(text);
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>AITBC API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css" />
    <link rel="icon" type="image/png" sizes="32x32" href="docs/favicon-32x32.png" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/initialise.js"></script>
  </body>
</html>
`;

/** A file of its own, since the page's policy runs no script that stands in the page. Without a validator: that one is on the Internet. */
const INITIALISE = `window.ui = SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
});
`;
