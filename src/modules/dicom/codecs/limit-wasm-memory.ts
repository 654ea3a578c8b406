const PAGE_BYTES = 65536

/**
 * Keeps WebAssembly memories of this thread from growing beyond `mostBytes`: an allocation beyond fails inside
 * the module, and its frame with it, instead of taking the machine's memory.
 */
export function limitWasmMemory(mostBytes: number): void {
  const grow = WebAssembly.Memory.prototype.grow
  WebAssembly.Memory.prototype.grow = function limitedGrow(this: WebAssembly.Memory, pages: number): number {
    if (this.buffer.byteLength + pages * PAGE_BYTES > mostBytes) {
      throw new RangeError('The decoder needs more memory than it may have.')
    }
    return grow.call(this, pages)
  }
}
