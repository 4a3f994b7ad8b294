import { connect, pageRank } from './page-rank';

describe('pageRank', () => {
  it('gives each node of a ring the same score of 1', () => {
    const graph = new Map<string, Map<string, number>>();
    for (const [a, b] of ['ab', 'bc', 'ca'].map((edge) => [...edge])) connect(graph, String(a), String(b), 1);
    for (const score of pageRank(graph).values()) expect(score).toBeCloseTo(1, 5);
  });

  it('solves a star exactly: the middle has (1 − d)(1 + 3d) / (1 − d²)', () => {
    const graph = new Map<string, Map<string, number>>();
    for (const leaf of ['x', 'y', 'z']) connect(graph, 'middle', leaf, 1);
    const d = 0.85;
    expect(pageRank(graph).get('middle')).toBeCloseTo(((1 - d) * (1 + 3 * d)) / (1 - d * d), 3);
  });

  it('follows weights: the heavier edge carries more', () => {
    const graph = new Map<string, Map<string, number>>();
    connect(graph, 'middle', 'heavy', 3);
    connect(graph, 'middle', 'light', 1);
    const scores = pageRank(graph);
    expect(scores.get('heavy')).toBeGreaterThan(scores.get('light') ?? Infinity);
  });

  it('leaves a node without neighbours at 1 − d', () => {
    expect(pageRank(new Map([['alone', new Map()]])).get('alone')).toBeCloseTo(0.15, 10);
  });
});
