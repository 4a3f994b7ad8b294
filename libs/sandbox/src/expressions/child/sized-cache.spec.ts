import { SizedCache } from './sized-cache';

describe('SizedCache', () => {
  it('compiles once while there is room, and lets the least recently used go first', () => {
    const cache = new SizedCache<string>(6, 4);
    const compile = jest.fn((text: string) => text.toUpperCase());
    for (const text of ['aa', 'bb', 'cc', 'aa', 'dd', 'aa']) expect(cache.get(text, compile)).toBe(text.toUpperCase());
    expect(compile.mock.calls.flat()).toEqual(['aa', 'bb', 'cc', 'dd']);
    cache.get('bb', compile);
    expect(compile).toHaveBeenCalledTimes(5);
  });

  it('never keeps what is too long, nor what failed to compile', () => {
    const cache = new SizedCache<string>(100, 4);
    const compile = jest.fn((text: string) => text);
    cache.get('12345', compile);
    cache.get('12345', compile);
    expect(compile).toHaveBeenCalledTimes(2);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => cache.get('x', fail)).toThrow('no');
    expect(cache.get('x', compile)).toBe('x');
  });
});
