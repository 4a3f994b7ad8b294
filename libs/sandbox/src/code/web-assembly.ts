/** A compiled program, which can be given to another thread. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

/** The memory of one instance; it grows up to its maximum and never shrinks. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

interface WasmHost {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  /** Sizes in pages of 64 KiB. */
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
}

/** What we use of Node's `WebAssembly`, whose types come only with those of a browser. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WasmHost }).WebAssembly;
