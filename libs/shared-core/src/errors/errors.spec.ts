import { AppError, notFound, validationFailed } from './app-error';
import { ERROR_CATALOGUE } from './error-catalogue';
import { pointerInto, pointerTo } from './json-pointer';

describe('the error catalogue', () => {
  const entries = Object.entries(ERROR_CATALOGUE);

  it.each(entries)('%s has a status of its family', (_code, { status, family }) => {
    const range = { user: [400, 499], operational: [503, 508], unexpected: [500, 500] }[family];
    expect(status).toBeGreaterThanOrEqual(range[0] ?? 0);
    expect(status).toBeLessThanOrEqual(range[1] ?? 0);
  });

  it('says something of its own for each code', () => {
    expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
  });
});

describe('AppError', () => {
  it('keeps its cause apart from what is shown', () => {
    const cause = new Error('SQL');
    const error = new AppError('dependency_unavailable', 'try later', { cause, retryAfterSeconds: 5 });
    expect(error).toMatchObject({ detail: 'try later', message: 'try later', cause, retryAfterSeconds: 5, fields: [] });
    expect(error.definition.status).toBe(503);
  });

  it('names the only bad field, and counts several', () => {
    expect(validationFailed([{ pointer: '/a', message: 'is bad' }]).detail).toBe('/a: is bad');
    expect(
      validationFailed([
        { pointer: '/a', message: 'x' },
        { pointer: '/b', message: 'y' },
      ]).detail,
    ).toBe('2 fields are not valid');
  });

  it('does not tell an absent object from an invisible one', () => {
    expect(notFound('agent', 'a1')).toMatchObject({ code: 'not_found', detail: "no agent 'a1'" });
  });
});

describe('JSON Pointers', () => {
  it('escape as RFC 6901 says', () => {
    expect(pointerTo(['a/b', 'm~n', 0, '~1', ''])).toBe('/a~1b/m~0n/0/~01/');
    expect(pointerTo([])).toBe('');
    expect(pointerInto('/a', 'b/c')).toBe('/a/b~1c');
  });
});
