/**
 * The services under test, which may be one: a URL that the agent context stands behind, one that the coordinator with
 * its miners and keys stands behind (by default the same), and the key that makes all other keys.
 */
const baseUrl = variable('BASE_URL').replace(/\/+$/, '');
const coordinatorUrl = (process.env['COORDINATOR_URL'] ?? baseUrl).replace(/\/+$/, '');

export const target = { baseUrl, adminKey: variable('ADMIN_KEY') };

/** The service that answers on a path. */
export function serviceOf(path: string): string {
  return path.startsWith('/api/') && !path.startsWith('/api/v1/agent/') ? coordinatorUrl : baseUrl;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`set ${name}: the suite asks a service that is running`);
  return value;
}
