import { Interrupted, onInterruption } from '../interruption';
import { Progress } from '../progress';

/** What a drill's program does: true when nothing was lost; `signal` fires when somebody asks for the end. */
export type Drill = (args: string[], progress: Progress, signal: AbortSignal) => Promise<boolean>;

/** The life of a drill's program: exit code 0 when nothing was lost, 1 otherwise, and that of an interruption. */
export function runDrill(drill: Drill): void {
  const progress = new Progress();
  const signal = onInterruption();
  Promise.resolve()
    .then(() => drill(process.argv.slice(2), progress, signal))
    .then(
      (clean) => {
        process.exitCode = clean ? 0 : 1;
      },
      (error: unknown) => {
        if (error instanceof Interrupted) progress.say('Stopped.');
        else progress.fail(error);
        process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
      },
    );
}
