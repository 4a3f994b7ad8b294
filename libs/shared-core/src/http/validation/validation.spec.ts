import { Transform, Type } from 'class-transformer';
import { IsArray, IsBoolean, IsEnum, IsInt, IsOptional, IsString, Length, Max, ValidateNested } from 'class-validator';
import request from 'supertest';
import { AppError, FieldError } from '../../errors/app-error';
import { createTestApp } from '../../testing/http-test-app';
import { IsInstant, IsJsonObject, IsJsonValue, IsMoney, queryOf, RecordOf, validateDto, validateQuery } from './index';

class Retry {
  @IsInt()
  @Max(10)
  times: number = 3;
}

class Step {
  @IsString()
  @Length(1, 5)
  name: string;

  @IsOptional()
  @IsJsonObject()
  config?: Record<string, unknown>;

  @IsOptional()
  @ValidateNested()
  @Type(() => Retry)
  retry?: Retry;
}

class Workflow {
  @RecordOf(() => Step, { key: /^[a-z]+$/, min: 1, max: 2 })
  steps: Record<string, Step>;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Retry)
  retries?: Retry[];

  @IsMoney()
  budget: number = 0;

  @IsOptional()
  @IsInstant()
  until?: string;

  @IsOptional()
  @IsJsonValue()
  extra?: unknown;

  @IsOptional()
  @Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : (value as unknown)))
  @IsEnum(['basic', 'full'])
  level?: string;
}

const steps = { fetch: { name: 'a' } };

function errorsOf(body: unknown): readonly FieldError[] {
  try {
    validateDto(Workflow, body);
  } catch (error) {
    if (error instanceof AppError) return error.fields;
    throw error;
  }
  return [];
}

const pointersOf = (body: unknown) => errorsOf(body).map(({ pointer }) => pointer);

describe('validateDto', () => {
  it('gives instances with defaults, at every level', () => {
    const workflow = validateDto(Workflow, {
      steps: { fetch: { name: 'a', retry: {} } },
      retries: [{ times: 1 }],
      level: 'FULL',
    });
    expect(workflow).toBeInstanceOf(Workflow);
    expect(workflow).toMatchObject({ budget: 0, level: 'full' });
    expect(workflow.steps.fetch).toBeInstanceOf(Step);
    expect(workflow.steps.fetch?.retry).toEqual(Object.assign(new Retry(), { times: 3 }));
    expect(workflow.retries?.[0]).toBeInstanceOf(Retry);
  });

  it('points into nested objects, lists and records', () => {
    const body = {
      steps: { fetch: { name: 'much too long', retry: { times: 11 } }, send: { name: 5 } },
      retries: [{}, { times: 'x' }],
      budget: -1,
      until: 'tomorrow',
    };
    expect(pointersOf(body).sort()).toEqual([
      '/budget',
      '/retries/1/times',
      '/steps/fetch/name',
      '/steps/fetch/retry/times',
      '/steps/send/name',
      '/until',
    ]);
  });

  it('refuses unknown fields at every level, escaping their names', () => {
    const errors = errorsOf({ steps: { fetch: { name: 'a', 'x/y': 1, retry: { 'z~': 1 } } }, other: 1 });
    expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(
      new Set(['/other', '/steps/fetch/x~1y', '/steps/fetch/retry/z~0']),
    );
    expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['is not a known field']));
  });

  it.each([
    ['null', null, ['']],
    ['a list', [], ['']],
    ['text', 'x', ['']],
    ['a missing record', {}, ['/steps']],
    ['a record that is a list', { steps: [] }, ['/steps']],
    ['an empty record', { steps: {} }, ['/steps']],
    ['too many entries', { steps: { a: { name: 'a' }, b: { name: 'a' }, c: { name: 'a' } } }, ['/steps']],
    ['a bad key', { steps: { A1: { name: 'a' } } }, ['/steps']],
    ['an entry that is no object', { steps: { a: 5 } }, ['/steps/a']],
    ['a list for an object', { steps: { a: { name: 'a', retry: [] } } }, ['/steps/a/retry']],
    ['text for an object', { steps: { a: { name: 'a', retry: 'x' } } }, ['/steps/a/retry']],
    ['an object for a list', { steps, retries: {} }, ['/retries']],
    ['a list with other things', { steps, retries: [5] }, ['/retries']],
    ['a number as text', { steps, budget: '1' }, ['/budget']],
    ['more than 8 decimals', { steps, budget: 0.123456789 }, ['/budget']],
  ])('refuses %s', (_name, body, pointers) => {
    expect(new Set(pointersOf(body).map((pointer) => pointer.replace(/^(\/retries)\/.*/, '$1')))).toEqual(
      new Set(pointers),
    );
  });

  it('keeps free JSON as it came, members with the names of methods included', () => {
    const config = { constructor: { name: 'x' }, toString: 1, then: 'y', list: [{ constructor: 5 }] };
    const extra = [{ hasOwnProperty: false }];
    const workflow = validateDto(Workflow, { steps: { fetch: { name: 'a', config } }, extra });
    expect(workflow.steps.fetch?.config).toEqual(config);
    expect(workflow.extra).toEqual(extra);
  });

  it('refuses members of a DTO that would shadow its methods', () => {
    expect(pointersOf({ steps, constructor: 5, toString: 1 })).toEqual(['/constructor', '/toString']);
    expect(pointersOf({ steps: { constructor: { name: 'a' } } })).toEqual([]);
  });
});

class Filter {
  @IsOptional()
  @IsInt()
  limit?: number;

  @IsOptional()
  @IsBoolean()
  open?: boolean;

  @IsOptional()
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @IsString()
  name?: string;
}

describe('validateQuery', () => {
  const { app } = createTestApp((routes) => {
    routes.get('/list', validateQuery(Filter), (req, res) => void res.json(queryOf(req, Filter)));
    routes.get('/forgotten', (req, res) => void res.json(queryOf(req, Filter)));
  });

  it('converts text to the declared types', async () => {
    await request(app)
      .get('/list?limit=5&open=false&tags=a,b&tags=c&name=7')
      .expect(200, { limit: 5, open: false, tags: ['a', 'b', 'c'], name: '7' });
  });

  it.each([
    'limit=',
    'limit=1.5',
    'limit=1e1',
    'limit=1&limit=2',
    'open=yes',
    'open=',
    'name=a&name=b',
    'other=1',
    'constructor=1',
  ])('refuses %s with a pointer to the parameter', async (query) => {
    const { body } = await request(app).get(`/list?${query}`).expect(422);
    expect(body.errors).toEqual([{ pointer: `?${query.split('=')[0]}`, message: expect.any(String) }]);
  });

  it('refuses a broken %-escape as bad syntax', async () => {
    await request(app).get('/list?name=%zz').expect(400);
  });

  it('fails loudly when a route forgot it', async () => {
    await request(app).get('/forgotten').expect(500);
  });
});
