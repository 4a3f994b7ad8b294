import type { Api } from '../api';

/** Makes a key for each of so many principals. */
export async function loadKeys(admin: Api, count: number): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < count) {
    const body = { subject: `load-${keys.length}`, role: 'client' };
    const { api_key: key } = await admin.post<{ api_key: string }>('/api/v1/admin/api-keys', body);
    keys.push(key);
  }
  return keys;
}
