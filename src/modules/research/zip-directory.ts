import { open } from 'node:fs/promises'

/** The end of a central directory may have a comment of 65,535 bytes behind it. */
const LONGEST_END = 22 + 0xff_ff
const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 5, 6])

/**
 * Whether a file is a ZIP by its content: its central directory can be found, so that a self-extracting one passes too.
 *
 * @see APPNOTE.TXT 4.3.16
 */
export async function isZipFile(path: string): Promise<boolean> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, LONGEST_END)
    if (length < 22) return false
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return hasDirectoryEnd(buffer.subarray(0, bytesRead), size)
  } finally {
    await handle.close()
  }
}

function hasDirectoryEnd(tail: Buffer, size: number): boolean {
  for (
    let at = tail.lastIndexOf(END_OF_DIRECTORY);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END_OF_DIRECTORY, at - 1)
  ) {
    if (at + 22 > tail.length) continue
    const comment = tail.readUInt16LE(at + 20)
    const directoryBytes = tail.readUInt32LE(at + 12)
    const endAt = size - (tail.length - at)
    // a directory that would begin before the file is none; 0xffffffff stands for a 64-bit size
    if (at + 22 + comment <= tail.length && (directoryBytes === 0xff_ff_ff_ff || directoryBytes <= endAt))
      return true
  }
  return false
}
