import { Buffer } from 'node:buffer';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers';

// A receiver of webhooks as a process: `node hook-receiver-process.mjs <port> <file> <ms>` writes each message as a line of
// JSON into the file, and only then, after so many milliseconds, answers 204. It says `listening <port>`.
const [port, file, ms] = process.argv.slice(2);

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8');
    appendFileSync(file, `${JSON.stringify({ headers: request.headers, body })}\n`);
    setTimeout(() => response.writeHead(204).end(), Number(ms));
  });
});
server.listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`listening ${server.address().port}\n`);
});
