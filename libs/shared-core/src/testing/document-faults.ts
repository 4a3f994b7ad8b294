import type { Express } from 'express';
import type { OpenApiDocument } from '../openapi';
import { routesOfApp } from './routes-of-app';

/**
 * Where an OpenAPI document and the service that it describes differ, and where it is not sound in itself; empty when all
 * is well. Whether it is valid OpenAPI is `validateOpenApi`'s to say.
 * @param mountPoints where the app mounts routers
 */
export function documentFaults(document: OpenApiDocument, app: Express, mountPoints: readonly string[]): string[] {
  const served = routesOfApp(app, mountPoints).map((route) => route.replace(/:([a-z_]+)/g, '{$1}'));
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  if (served.length === 0) return ['nothing is served'];
  return [
    ...without(served, described).map((route) => `served, but not described: ${route}`),
    ...without(described, served).map((route) => `described, but not served: ${route}`),
    ...brokenReferences(document).map((reference) => `refers to what is not there: ${reference}`),
    ...undocumentedRules(document).map((rule) => `a rule of a DTO without a schema: ${rule}`),
  ];
}

function without(all: readonly string[], known: readonly string[]): string[] {
  const names = new Set(known);
  return all.filter((each) => !names.has(each));
}

function brokenReferences(document: OpenApiDocument): string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  const parts = document.components as Readonly<Record<string, object | undefined>>;
  return references
    .filter(([, kind = '', name = '']) => !(name in (parts[kind] ?? {})))
    .map(([reference]) => reference);
}

function undocumentedRules(document: OpenApiDocument): string[] {
  return [...JSON.stringify(document).matchAll(/"x-undocumented-rule":"(\w+)"/g)].map(([, rule = '']) => rule);
}
