import { productionPackages } from './production-packages';

const lock = {
  packages: {
    'node_modules/a': { dependencies: { b: '1', '@s/c': '1' } },
    'node_modules/b': { dependencies: { c: '1' }, optionalDependencies: { windows: '1' } },
    'node_modules/@s/c': { dependencies: { b: '2' } },
    'node_modules/@s/c/node_modules/b': {},
    'node_modules/c': { dependencies: { a: '1' } },
    'node_modules/jest': { dependencies: { c: '1' } },
  },
};

describe('the packages that a program needs', () => {
  it('are its dependencies and theirs, each where Node finds it, in circles too, and no others', () => {
    expect(productionPackages(lock, ['a'])).toEqual([
      'node_modules/@s/c',
      'node_modules/@s/c/node_modules/b',
      'node_modules/a',
      'node_modules/b',
      'node_modules/c',
    ]);
  });

  it('are known all, but for those of other platforms', () => {
    expect(() => productionPackages(lock, ['absent'])).toThrow(
      'package-lock.json lacks absent, which the program needs',
    );
    const broken = { packages: { 'node_modules/a': { dependencies: { b: '1' } } } };
    expect(() => productionPackages(broken, ['a'])).toThrow('lacks b, which node_modules/a needs');
  });
});
