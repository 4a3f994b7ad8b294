export const API = '/api/v1';
export const JOBS = `${API}/jobs`;
export const DELEGATED = `${API}/delegated-jobs`;
export const MINERS = `${API}/miners`;
export const SERVICES = `${API}/services`;
export const ROTATE = `${API}/admin/signing-keys/rotate`;
export const KEYS = `${API}/admin/api-keys`;
export const OFFERS = `${API}/marketplace/gpu/offers`;
/** Any list that every role may read. */
export const LIST = SERVICES;
