import { ExpressionPool } from '../expressions/expression-pool';

/** A program that gets stuck in an expression with all the time in the world; its last line names its children. */
async function main(): Promise<void> {
  const pool = new ExpressionPool({ size: 1, timeoutMs: 600_000 });
  const sum = await pool.evaluate('a + 1', { root: { a: 1 } });
  const stuck = pool.evaluate('$match($pad("", 60, "a") & "!", /^(a+)+$/)', { root: {} });
  process.stdout.write(`${JSON.stringify({ sum, pids: pool.childPids })}\n`);
  await stuck;
}

void main();
