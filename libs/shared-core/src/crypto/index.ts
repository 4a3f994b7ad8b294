export * from './base64url';
export * from './canonical-json';
export * from './ed25519';
export * from './jwks';
export * from './jws';
export * from './sha256';
export * from './signing-key.entity';
export * from './signing-keys';
