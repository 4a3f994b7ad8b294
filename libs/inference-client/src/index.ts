export type { ChatCompletion, TokenCounts, TokenSum } from './chat-completion';
export * from './chat-endpoint';
