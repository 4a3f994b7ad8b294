import { answer, openApiDocument, operation, schema } from '../openapi';
import { DocumentedAnswers } from './documented-answers';

const { instant, nullable, object, ref } = schema;
const get = operation({
  ...{ method: 'get', path: '/things/:thing_id', id: 'getThing', summary: 'One thing' },
  responses: { 200: answer('It.', ref('Thing'), 'ETag') },
  errors: ['not_found'],
});
const feature = {
  tag: { name: 'things', description: 'Things.' },
  schemas: { Thing: object({ made_at: instant(), sold_at: nullable(instant()) }) },
  operations: [get],
};
const mounts = [{ base: '/api', features: [feature] }];
const document = openApiDocument({ title: 'Things', version: '1.0.0', description: 'Of things.', mounts });

const thing = { made_at: '2026-01-31T09:15:00.000Z', sold_at: null };
const headers = { 'content-type': 'application/json; charset=utf-8', etag: '"1"' };
const faults = (
  change: { status?: number; headers?: Record<string, string>; body?: unknown },
  path = '/api/things/a',
) => new DocumentedAnswers(document).faultsOf('get', path, { status: 200, headers, body: thing, ...change });

describe('an answer', () => {
  it('that is as documented has no fault', () => {
    expect(faults({})).toEqual([]);
  });

  it.each([
    ['lacks a field', { body: { made_at: thing.made_at } }, "must have required property 'sold_at'"],
    ['has a field that is not documented', { body: { ...thing, secret: 1 } }, 'must NOT have additional properties'],
    ['has a field of another form', { body: { ...thing, made_at: 'yesterday' } }, 'must match format "date-time"'],
    ['has another status', { status: 201 }, 'is not documented'],
    ['has another media type', { headers: { ...headers, 'content-type': 'text/html' } }, 'text/html is not documented'],
    ['lacks its ETag', { headers: { 'content-type': 'application/json' } }, 'ETag is either answered or documented'],
    [
      'is an error of another form',
      { status: 404, headers: { 'content-type': 'application/json' } },
      'application/json',
    ],
  ])('that %s has a fault', (_name, change, message) => {
    expect(faults(change).join()).toContain(message);
  });

  it('of a path that is not documented has a fault', () => {
    expect(faults({}, '/api/things/a/b')).toEqual(['get /api/things/a/b 200: is not documented']);
  });

  it('counts as called when it succeeded', () => {
    const answers = new DocumentedAnswers(document);
    expect(answers.uncalled()).toEqual(['getThing']);
    answers.faultsOf('get', '/api/things/a', { status: 200, headers, body: thing });
    expect(answers.uncalled()).toEqual([]);
  });
});
