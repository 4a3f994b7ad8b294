/** `AITBC_ROOT`: the installation that programs work on when they are not told one. */
export function rootOfEnvironment(): string | undefined {
  return process.env['AITBC_ROOT'] || undefined;
}
