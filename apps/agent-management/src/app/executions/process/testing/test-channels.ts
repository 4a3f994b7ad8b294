import type { Channel, ChannelListener } from '@aitbc/shared-core';

/** Connects processes by hand; `broken` loses what is sent. */
export class TestChannels {
  readonly sends: string[][] = [];
  broken = false;
  private readonly listeners: ChannelListener[] = [];

  readonly open = (listener: ChannelListener): Channel => {
    this.listeners.push(listener);
    return {
      send: async (texts) => {
        if (this.broken) throw new Error('no connection');
        this.sends.push([...texts]);
        const others = this.listeners.filter((each) => each !== listener);
        for (const text of texts) others.forEach((other) => other.onText(text));
      },
      close: () => Promise.resolve(),
    };
  };

  connect(): void {
    for (const listener of this.listeners) listener.onConnected();
  }
}
