import { readFileSync } from 'node:fs';
import express from 'express';

/**
 * What Express does by itself, as a process of its own: it answers every request with the object of a JSON file, through
 * one handler and nothing else.
 *
 *     node express-server.js PORT FILE
 */
const [port, file] = process.argv.slice(2);
const body = JSON.parse(readFileSync(String(file), 'utf8')) as object;
const app = express();
app.get('/{*path}', (_req, res) => void res.json(body));
app.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
