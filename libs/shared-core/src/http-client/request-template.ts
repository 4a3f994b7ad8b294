const templates = new WeakMap<Request, string>();

/** Keeps the path of a request as it was before ids took the places of their names. */
export function setTemplate(request: Request, template: string): void {
  templates.set(request, template);
}

/** That path, such as `/api/v1/jobs/{job_id}`, as traces name it; known of the requests of typed clients. */
export function templateOf(request: Request): string | undefined {
  return templates.get(request);
}
