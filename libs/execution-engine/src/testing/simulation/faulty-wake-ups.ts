import type { WakeUp, WakeUps } from '../../ports/queue.port';
import type { FaultPlan } from './fault-plan';
import type { SimProcess } from './sim-process';

interface Subscription {
  readonly process: SimProcess;
  readonly listener: (hint: WakeUp) => void;
}

/** Wake-ups between all processes of a run; each listener may miss one, hear it twice, or late. */
export class FaultyWakeUps {
  private readonly subscriptions = new Set<Subscription>();

  constructor(private readonly faults: FaultPlan) {}

  /** The port as one process has it. */
  of(process: SimProcess): WakeUps {
    return {
      notify: (hint) => {
        if (!process.isDead) this.deliver(process, hint);
      },
      subscribe: (listener) => {
        const subscription = { process, listener };
        this.subscriptions.add(subscription);
        return () => this.subscriptions.delete(subscription);
      },
    };
  }

  private deliver(sender: SimProcess, hint: WakeUp): void {
    for (const { process, listener } of this.subscriptions) {
      for (const delay of this.delays(sender, process)) {
        process.at(sender.now + delay, () => listener(hint));
      }
    }
  }

  /** When a listener hears it (ms from now): not at all, once or twice. */
  private delays(sender: SimProcess, receiver: SimProcess): number[] {
    const { random, trace } = receiver.world;
    const soon = random.between(0, 2);
    const fault = this.faults.strike(receiver, 'wake_lost', 'wake_doubled', 'wake_late');
    if (!fault) return [soon];
    this.faults.tell(sender.lastTransitions, fault);
    trace.note(receiver.name, `!${fault}`);
    if (fault === 'wake_lost') return [];
    const late = random.between(100, 3_000);
    return fault === 'wake_late' ? [late] : [soon, soon + late];
  }
}
