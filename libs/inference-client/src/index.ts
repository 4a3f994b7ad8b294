export type { ChatCompletion } from './chat-completion';
export * from './chat-endpoint';
