/** What a process hears on a {@link Channel}. */
export interface ChannelListener {
  /** A text that another process sent. */
  onText(text: string): void;
  /** It hears from now on, at first or again after a broken connection: what was sent before has passed it by. */
  onConnected(): void;
}

/** Texts between the processes of one database. None is kept: one that meets no listener is lost. */
export interface Channel {
  /**
   * Sends texts of at most 7,999 bytes each to every other process that listens.
   * Rejects when the server cannot be reached, and then it is unknown who heard them.
   */
  send(texts: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
