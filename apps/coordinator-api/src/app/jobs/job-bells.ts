import { Bell } from './bell';

/** What happens to jobs in this process, for those who wait for it. */
export class JobBells {
  /** Topic: the service type of a job that can be claimed now. */
  readonly queued = new Bell();
  /** Topic: the id of a job whose text goes on, or that has become final. */
  readonly progress = new Bell();
  /** Topic: the id of a job that has become final. */
  readonly finished: Bell;

  /** @param onFinished told the id of each job that this process has brought to its end */
  constructor(onFinished: (jobId: string) => void = () => undefined) {
    const ring = (jobId: string): void => {
      this.progress.ring(jobId);
      onFinished(jobId);
    };
    this.finished = new Bell({ ring });
  }
}
