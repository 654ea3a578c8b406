type Memory = { readonly buffer: ArrayBuffer }
declare const WebAssembly: {
  readonly Memory: { readonly prototype: { grow: (this: Memory, pages: number) => number } }
}

const PAGE_BYTES = 65_536

/**
 * Caps the memory of the interpreter: growing over the limit fails, which Python reports as MemoryError. The
 * process is started with V8's own limit too; this one is exact for the limit of the engine.
 */
export function limitMemory(mostBytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow
  WebAssembly.Memory.prototype.grow = function limitedGrow(this: Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > mostBytes) {
      throw new RangeError('the memory of the interpreter is used up')
    }
    return grow.call(this, pages)
  }
}
