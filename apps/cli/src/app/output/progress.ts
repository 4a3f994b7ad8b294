import type { Schemas } from '@aitbc/agent-client';
import { nameWidth, stepLine, stepsOf, stepSummary } from './execution-view';
import type { TextSink } from './output';
import { plain, type Style } from './style';

type Execution = Schemas['Execution'];

/** Shows how an execution goes on. */
export interface Progress {
  update(state: Execution): void;
  /** Nothing more comes; the last state stays on the screen. */
  end(): void;
}

export const NO_PROGRESS: Progress = { update: () => undefined, end: () => undefined };

/** A line whenever a step changes: for logs and pipes. */
export class LineProgress implements Progress {
  private readonly shown = new Map<string, string>();
  private readonly began = Date.now();

  constructor(private readonly sink: TextSink) {}

  update(state: Execution): void {
    for (const [id, step] of Object.entries(state.step_states)) {
      const summary = stepSummary(step);
      if (step.status === 'pending' || this.shown.get(id) === summary) continue;
      this.shown.set(id, summary);
      const seconds = ((Date.now() - this.began) / 1000).toFixed(1).padStart(6);
      this.sink.write(`${seconds}s  ${plain(step.name)}: ${summary}\n`);
    }
  }

  end(): void {
    this.shown.clear();
  }
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
const DEFAULT_COLUMNS = 80;
const UP_AND_CLEAR = (lines: number): string => (lines === 0 ? '' : `\u001b[${lines}A\u001b[0J`);

/** All steps with a spinner, drawn anew in place: for a terminal that is high enough. */
export class LiveProgress implements Progress {
  private state: Execution | undefined;
  private drawn = 0;
  private frame = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly sink: TextSink,
    private readonly style: Style,
  ) {
    this.timer = setInterval(() => this.tick(), FRAME_MS);
    this.timer.unref();
  }

  update(state: Execution): void {
    this.state = state;
    this.draw();
  }

  end(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    this.frame += 1;
    this.draw();
  }

  private draw(): void {
    if (!this.state) return;
    const steps = stepsOf(this.state);
    const spinner = FRAMES[this.frame % FRAMES.length] ?? '';
    const options = { width: nameWidth(steps), spinner, style: this.style };
    const lines = steps.map((step) => this.fitted(stepLine(step, options)));
    this.sink.write(`${UP_AND_CLEAR(this.drawn)}${lines.map((line) => `  ${line}\n`).join('')}`);
    this.drawn = lines.length;
  }

  /** A line that wraps would take two, and the next drawing would begin one too low. Colours take no room. */
  private fitted(line: string): string {
    const room = (this.sink.columns ?? DEFAULT_COLUMNS) - 3;
    let used = 0;
    let fitted = '';
    // eslint-disable-next-line no-control-regex -- the escape character is what colours begin with
    for (const [part] of line.matchAll(/\u001b\[[\d;]*m|./gsu)) {
      if (part.startsWith('\u001b')) fitted += part;
      else if (used < room) fitted += part;
      if (!part.startsWith('\u001b')) used += 1;
    }
    return fitted;
  }
}

/** Redrawn lines where there is room for them, plain ones elsewhere. */
export function progressFor(sink: TextSink, style: Style, steps: number): Progress {
  const fits = sink.isTTY === true && steps + 2 < (sink.rows ?? 0);
  return fits ? new LiveProgress(sink, style) : new LineProgress(sink);
}
