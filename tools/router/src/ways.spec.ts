import { agentsWayText, parseAgentsWay, releaseShare } from './ways';

const RELEASES = ['monolith', 'before-0-2'];

describe('a way', () => {
  it.each([
    ['service', undefined],
    ['proxy', undefined],
    ['monolith', { release: 'monolith', from: 0 }],
    ['canary:0@monolith', { release: 'monolith', from: 0 }],
    ['canary:37@before-0-2', { release: 'before-0-2', from: 37 }],
    ['canary:100@monolith', undefined],
  ])('%s is read, written, and shared out', (text, share) => {
    const way = parseAgentsWay(text, RELEASES);
    expect(agentsWayText(way)).toBe(text);
    expect(releaseShare(way)).toEqual(share);
  });

  it('sends the rest of a canary to the first release unless one is named', () => {
    expect(parseAgentsWay('canary:5', RELEASES)).toEqual({ to: 'canary', percent: 5, release: 'monolith' });
  });

  it.each(['', 'Service', 'canary', 'canary:101', 'canary:-1', 'canary:5%', 'canary:1.5', 'canary:5@nobody', 'nobody'])(
    "is not '%s'",
    (text) => {
      expect(() => parseAgentsWay(text, RELEASES)).toThrow(/not service, proxy, canary:N .*monolith, before-0-2/);
    },
  );

  it('needs a release to return to', () => {
    expect(() => parseAgentsWay('canary:50', [])).toThrow('there is no release');
  });
});
