import type { ServiceName } from '../layout';

/** How a service is. */
export interface ServiceState {
  readonly service: ServiceName;
  /** `waiting`: it has failed, and is started again in a moment; `failed`: it is not started again. */
  readonly state: 'running' | 'starting' | 'waiting' | 'stopped' | 'failed';
  readonly pid: number | undefined;
  /** How often it was started again since it was started by hand. */
  readonly restarts: number;
  /** What is known of its end, such as `exit code 78`. */
  readonly detail: string | undefined;
}

/** Runs the services of an installation: systemd, or `supervise` where there is none. */
export interface ServiceManager {
  /** How somebody starts it, for messages. */
  readonly advice: string;
  /** Whether it runs, so that services can be started at all. */
  isRunning(): Promise<boolean>;
  state(service: ServiceName): Promise<ServiceState>;
  start(service: ServiceName): Promise<void>;
  stop(service: ServiceName): Promise<void>;
  restart(service: ServiceName): Promise<void>;
  /** Reads changed units. */
  reload(): Promise<void>;
  /** From now on it is started with the machine. */
  enable(service: ServiceName): Promise<void>;
  disable(service: ServiceName): Promise<void>;
  /** Program and arguments that show the last lines of the log, and go on with it if told. */
  logCommand(service: ServiceName, lines: number, follow: boolean): readonly [string, ...string[]];
}
