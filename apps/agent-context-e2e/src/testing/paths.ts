export const API = '/api/v1/agent';
export const AGENTS = `${API}/agents`;
export const REGISTER = `${AGENTS}/register`;
export const WORKFLOWS = `${API}/workflows`;
export const VALIDATE = `${WORKFLOWS}/validate`;
export const EXECUTIONS = `${API}/executions`;
export const VERIFY = `${API}/receipts/verify`;
export const STATS = `${API}/stats`;
export const NETWORKS = `${API}/networks`;
export const WEBHOOKS = `${API}/webhooks`;
export const DIRECTORY = `${API}/directory`;
export const SERVICES = `${API}/services`;
/** Any list that clients may read. */
export const LIST = AGENTS;
