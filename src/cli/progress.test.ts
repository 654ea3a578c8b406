import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { formatBytes, showProgress } from './progress.ts'

function stream(isTTY: boolean) {
  const written: string[] = []
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      done()
    },
  })
  return { written, sink: Object.assign(sink, { isTTY }) as unknown as NodeJS.WriteStream }
}

it('writes a line for each stage where there is no terminal', () => {
  const { written, sink } = stream(false)
  const { onProgress, end } = showProgress(sink)
  onProgress({ what: 'Copying the database', done: 0, total: 1 })
  for (let done = 0; done < 1000; done += 1) onProgress({ what: 'Copying files', done, total: 1000 })
  end()
  expect(written.slice(0, 2)).toEqual(['Copying the database\n', 'Copying files: 0 of 1000\n'])
})

it('draws one line again and again on a terminal, and takes it away', () => {
  const { written, sink } = stream(true)
  const { onProgress, end } = showProgress(sink)
  onProgress({ what: 'Checking files', done: 3, total: 9 })
  end()
  expect(written).toEqual(['\r\u001b[KChecking files: 3 of 9', '\r\u001b[K'])
})

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1536, '1.5 KiB'],
  [5 * 2 ** 30, '5.0 GiB'],
  [3 * 2 ** 50, '3072.0 TiB'],
])('formats %d bytes', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
