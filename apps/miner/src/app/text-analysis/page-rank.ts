/** Weighted, undirected edges: `graph.get(a)?.get(b)` is the weight between a and b, kept in both directions. */
export type WeightedGraph = ReadonlyMap<string, ReadonlyMap<string, number>>;

const DAMPING = 0.85;
const TOLERANCE = 1e-6;
const MAX_ROUNDS = 100;

/** Adds `weight` to the edge between two nodes, in both directions. */
export function connect(graph: Map<string, Map<string, number>>, a: string, b: string, weight: number): void {
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    const edges = graph.get(from) ?? new Map<string, number>();
    edges.set(to, (edges.get(to) ?? 0) + weight);
    graph.set(from, edges);
  }
}

/**
 * The score of each node by weighted PageRank as TextRank uses it (Mihalcea & Tarau, "TextRank: Bringing Order into
 * Texts", EMNLP 2004, section 2.2): score(v) = (1 − d) + d · Σ weight(u,v) / Σ weight(u,·) · score(u), with d = 0.85,
 * from scores of 1 until no score moves by 10⁻⁶ (at most 100 rounds). Deterministic: nodes keep their insertion order.
 */
export function pageRank(graph: WeightedGraph): Map<string, number> {
  const outWeight = new Map([...graph].map(([node, edges]) => [node, sum(edges.values())]));
  let scores = new Map([...graph.keys()].map((node) => [node, 1]));
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = new Map<string, number>();
    let movement = 0;
    for (const [node, edges] of graph) {
      let flow = 0;
      for (const [other, weight] of edges) flow += (weight / (outWeight.get(other) ?? 1)) * (scores.get(other) ?? 0);
      const score = 1 - DAMPING + DAMPING * flow;
      movement = Math.max(movement, Math.abs(score - (scores.get(node) ?? 0)));
      next.set(node, score);
    }
    scores = next;
    if (movement < TOLERANCE) break;
  }
  return scores;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
