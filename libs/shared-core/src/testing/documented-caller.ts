import type { Express } from 'express';
import request, { type Response } from 'supertest';
import type { OpenApiDocument } from '../openapi';
import { DocumentedAnswers } from './documented-answers';

export type CallMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface DocumentedCall {
  /** Sent as `X-Api-Key`. */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls a service, and compares each answer with its OpenAPI document. */
export class DocumentedCaller {
  /** What was not as expected, or not as documented. */
  readonly faults: string[] = [];
  private readonly answers: DocumentedAnswers;

  constructor(
    private readonly app: Express,
    document: OpenApiDocument,
  ) {
    this.answers = new DocumentedAnswers(document);
  }

  async call(
    status: number,
    method: CallMethod,
    target: string,
    { key, body, headers = {} }: DocumentedCall = {},
  ): Promise<Response> {
    const test = request(this.app)[method](target).set(headers);
    if (key !== undefined) test.set('X-Api-Key', key);
    const response = await (body === undefined ? test : test.send(body as object));
    const [path = ''] = target.split('?');
    if (response.status !== status) this.faults.push(`${method} ${path}: ${response.status} ${response.text}`);
    this.faults.push(...this.answers.faultsOf(method, path, { ...partsOf(response), status: response.status }));
    return response;
  }

  /** Ids of the operations that have not succeeded yet. */
  uncalled(): string[] {
    return this.answers.uncalled();
  }
}

function partsOf({ headers, body, text }: Response) {
  const isJson = String(headers['content-type']).includes('json');
  return { headers: headers as Record<string, string>, body: isJson ? (body as unknown) : text };
}
