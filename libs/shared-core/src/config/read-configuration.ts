import { customCleanEnv, EnvMissingError, OptionalValidatorSpec, RequiredValidatorSpec } from 'envalid';
import { ConfigurationError, ConfigurationProblem } from './configuration-error';
import { Environment } from './environment';
import { VariableSpecs } from './variable';

/** The typed values of a set of variables, by their names; `undefined` for an optional one that is not set. */
export type Configuration<S extends VariableSpecs> = {
  readonly [K in keyof S]: S[K] extends OptionalValidatorSpec<infer T>
    ? T | undefined
    : S[K] extends RequiredValidatorSpec<infer T>
      ? T
      : never;
};

/**
 * Reads and checks all variables once, at start. A variable that is set to nothing counts as not set.
 * @throws ConfigurationError naming every variable that is missing or not valid, not only the first.
 */
export function readConfiguration<S extends VariableSpecs>(specs: S, environment: Environment): Configuration<S> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  let problems: ConfigurationProblem[] = [];
  const values = customCleanEnv<S, unknown>(set, specs, (cleaned) => cleaned, {
    reporter: ({ errors }) => {
      problems = Object.entries(errors).map(([name, error]) => ({
        name,
        problem: error instanceof EnvMissingError ? 'it is required and not set' : messageOf(error),
        expected: specs[name]?.desc ?? '',
      }));
    },
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return values as Configuration<S>;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
