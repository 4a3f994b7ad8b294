/** Keeps those log lines of services that no success causes: warnings, errors, and what is no log line. */
export class LoggedFaults {
  private readonly kept: string[] = [];

  add(service: string, line: string): void {
    if (!isQuiet(line)) this.kept.push(`${service}: ${line}`);
  }

  /** Gives what was kept since the last time. */
  take(): string[] {
    return this.kept.splice(0);
  }
}

function isQuiet(line: string): boolean {
  try {
    const { level } = Object(JSON.parse(line)) as { level?: unknown };
    return level === 'info' || level === 'debug';
  } catch {
    return false;
  }
}
