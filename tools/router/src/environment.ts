/** `AITBC_ROOT`: below which the platform is installed, where it is not `/`. */
export function rootOfEnvironment(): string {
  return process.env['AITBC_ROOT'] || '/';
}
