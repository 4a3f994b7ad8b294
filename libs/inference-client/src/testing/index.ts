export * from './chat-server';
