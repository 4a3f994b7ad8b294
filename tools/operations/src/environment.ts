/** `AITBC_ROOT`: the installation that programs work on when they are not told one. */
export function rootOfEnvironment(): string | undefined {
  return process.env['AITBC_ROOT'] || undefined;
}

/** What a service's process inherits of ours: enough to run. Everything else comes from its unit. */
export function inheritedEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

/** What a program that is run here inherits. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}
