/** One variable that is missing or not valid. */
export interface ConfigurationProblem {
  readonly name: string;
  /** What is wrong. The value itself is left out: it may be a secret. */
  readonly problem: string;
  /** What is expected: the variable's description. */
  readonly expected: string;
}

/** The process cannot start with this environment. `message` lists every problem, one a line. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly ConfigurationProblem[]) {
    const lines = problems.map(({ name, problem, expected }) => `  ${name}: ${problem}. Expected: ${expected}`);
    super(['The configuration is not valid:', ...lines].join('\n'));
    this.name = 'ConfigurationError';
  }
}
