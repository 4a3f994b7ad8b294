export * from './chat-endpoint';
