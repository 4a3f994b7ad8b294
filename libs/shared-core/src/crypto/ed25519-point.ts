/** The field of edwards25519 (RFC 8032 §5.1) and the constant of its curve −x² + y² = 1 + d·x²·y². */
const P = 2n ** 255n - 19n;
const D = mod(-121665n * power(121666n, P - 2n));

/**
 * Why these 32 bytes are no sound Ed25519 public key, or `undefined` when they are: the y coordinate must be reduced,
 * the point must lie on the curve, and its order must not be 1, 2, 4 or 8 (under such a key anybody can make
 * signatures that verify). OpenSSL checks none of this when it imports a key.
 */
export function ed25519PointProblem(bytes: Uint8Array): string | undefined {
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= P) return 'is not a reduced encoding';
  const ySquared = mod(y * y);
  if (isSmallOrder(ySquared)) return 'is a point of small order';
  // x² = (y² − 1) / (d·y² + 1) must be a square, which Euler's criterion tells of the product as well as of the quotient.
  const ratio = mod((ySquared - 1n) * (D * ySquared + 1n));
  return power(ratio, (P - 1n) / 2n) === 1n ? undefined : 'is not a point on the curve';
}

/**
 * Order 1 or 2: y² = 1. Order 4: y = 0. Order 8: twice the point has y = 0, which with the doubling formula and the
 * curve's equation is d·y⁴ + 2·y² − 1 = 0.
 */
function isSmallOrder(ySquared: bigint): boolean {
  return ySquared === 1n || ySquared === 0n || mod(D * ySquared * ySquared + 2n * ySquared - 1n) === 0n;
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}
