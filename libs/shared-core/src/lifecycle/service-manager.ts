import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type NotifyAddress, takeNotifyAddress } from '../config/environment';
import type { Logger } from '../logging/logger';

const run = promisify(execFile);

/** systemd-notify waits up to 5 s until its message was read. */
const TIMEOUT_MS = 10_000;

/**
 * Tells systemd how this process is doing, where it runs as a unit with `Type=notify`. Node has no datagram sockets of the
 * file system, so that `systemd-notify` says it, as a child: the unit needs `NotifyAccess=all`. What cannot be told is
 * logged, and nothing else comes of it.
 */
export class ServiceManager {
  private constructor(private readonly address: NotifyAddress | undefined) {}

  /** Takes the address out of the environment: whatever is started later must not speak for the service. */
  static ofEnvironment(): ServiceManager {
    return new ServiceManager(takeNotifyAddress());
  }

  /** The start is over. @param status a few words for `systemctl status` */
  ready(status: string, logger: Logger): void {
    this.tell(['READY=1', `STATUS=${status}`], logger);
  }

  /** The stop has begun, also when it was not systemd that asked for it. */
  stopping(logger: Logger): void {
    this.tell(['STOPPING=1'], logger);
  }

  private tell(news: readonly string[], logger: Logger): void {
    if (!this.address) return;
    notify(this.address, news).catch((error: unknown) => {
      logger.warn('systemd was not told how the service is doing', { event: 'notify_failed', news: news[0], error });
    });
  }
}

/** @throws Error when the program is not there, or says that the news did not arrive. */
async function notify({ socket, searchPath }: NotifyAddress, news: readonly string[]): Promise<void> {
  // Assignments, which every version takes: --stopping came with systemd 253.
  await run('systemd-notify', [`--pid=${process.pid}`, ...news], {
    env: { NOTIFY_SOCKET: socket, PATH: searchPath },
    timeout: TIMEOUT_MS,
  });
}
