/** What the tasks of one run leave for its loop. The loop takes all there is, and sleeps while there is nothing. */
export class Inbox<Message> {
  private messages: Message[] = [];
  private wake: (() => void) | undefined;

  put(message: Message): void {
    this.messages.push(message);
    this.wake?.();
  }

  take(): Message[] {
    const taken = this.messages;
    this.messages = [];
    return taken;
  }

  /** Resolves as soon as there is a message; at once when there is one already. */
  async notEmpty(): Promise<void> {
    if (this.messages.length > 0) return;
    await new Promise<void>((resolve) => (this.wake = resolve));
    this.wake = undefined;
  }
}
