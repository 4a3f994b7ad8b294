/** The service under test: a URL that everything stands behind, and the key that makes all other keys. */
export const target = {
  baseUrl: variable('BASE_URL').replace(/\/+$/, ''),
  adminKey: variable('ADMIN_KEY'),
};

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`set ${name}: the suite asks a service that is running`);
  return value;
}
