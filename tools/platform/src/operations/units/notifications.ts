import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { waitFor } from '@aitbc/shared-core/testing';

/** What services tell, as systemd gets it. */
export type Notification = Readonly<Record<string, string>>;

/** The socket of systemd, at which services tell how they are doing. */
export class Notifications {
  private readonly received: Notification[] = [];

  private constructor(private readonly receiver: ChildProcess) {}

  /** @param socket path, whose folder exists */
  static async listen(socket: string): Promise<Notifications> {
    // Node has no datagram sockets of the file system.
    const receiver = spawn('/usr/bin/python3', [join(__dirname, 'notify-receiver.py'), socket], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const notifications = new Notifications(receiver);
    const lines = createInterface({ input: receiver.stdout });
    lines.on('line', (line) => notifications.received.push(JSON.parse(line) as Notification));
    await waitFor(() => notifications.received.some(({ listens }) => listens === socket), { timeoutMs: 10_000 });
    return notifications;
  }

  /** How many have come. */
  get count(): number {
    return this.received.length;
  }

  /** The first one that says this, after as many others. */
  find(part: Notification, after = 0): Notification | undefined {
    return this.received
      .slice(after)
      .find((each) => Object.entries(part).every(([name, value]) => each[name] === value));
  }

  async close(): Promise<void> {
    const closed = once(this.receiver, 'close');
    this.receiver.kill();
    await closed;
  }
}
