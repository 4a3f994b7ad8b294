import { parseEnvironmentFile } from './environment-file';
import { withVariable } from './with-variable';

describe('a variable that is set in an environment file', () => {
  const page = '# the port\n#PORT=8011\n\n# the key\nKEY=\n';

  it.each([
    ['is set where it was', 'KEY', 'a', '# the port\n#PORT=8011\n\n# the key\nKEY=a\n'],
    ['takes the place of its comment', 'PORT', '80', '# the port\nPORT=80\n\n# the key\nKEY=\n'],
    ['comes last when it was not there', 'HOST', '::', `${page}HOST=::\n`],
  ])('%s', (_how, name, value, expected) => {
    expect(withVariable(page, name, value)).toBe(expected);
  });

  it.each(['', 'a b', 'a"b', "it's", 'a\\b', '$HOME', '`id`', '# no comment', 'ü'])(
    'is read again as it was: %j',
    (value) => {
      expect(parseEnvironmentFile(withVariable(page, 'KEY', value))).toEqual({ KEY: value });
    },
  );
});
