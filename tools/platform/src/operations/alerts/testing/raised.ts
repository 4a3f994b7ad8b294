import { waitFor } from '@aitbc/shared-core/testing';
import type { Alert, Prometheus } from './prometheus';

type Labels = Readonly<Record<string, string>>;

/** Longer than any condition must hold, in the faster time. */
const PATIENCE = { timeoutMs: 90_000, everyMs: 200 };

/** Keeps which alerts were raised by what they are about. */
export class Raised {
  readonly names = new Set<string>();

  constructor(private readonly prometheus: Prometheus) {}

  /**
   * Does what the alert is about, and waits until it fires.
   * @throws Error when it fires before, or does not fire then.
   */
  async by(name: string, labels: Labels, cause: () => unknown): Promise<Alert> {
    if (await this.find(name, labels)) throw new Error(`${name} fires before there is a reason`);
    await cause();
    const alert = await waitFor(() => this.find(name, labels), PATIENCE).catch((error: unknown) => {
      throw new Error(`${name} ${JSON.stringify(labels)} does not fire`, { cause: error });
    });
    this.names.add(name);
    return alert;
  }

  /** Resolves when the alert fires no more. */
  async isOver(name: string, labels: Labels = {}): Promise<void> {
    await waitFor(async () => !(await this.find(name, labels)), PATIENCE).catch((error: unknown) => {
      throw new Error(`${name} goes on firing`, { cause: error });
    });
  }

  private async find(name: string, labels: Labels): Promise<Alert | undefined> {
    const wanted = Object.entries({ alertname: name, ...labels });
    return (await this.prometheus.firing()).find((alert) =>
      wanted.every(([label, value]) => alert.labels[label] === value),
    );
  }
}
