import { expect, it } from 'vitest'
import { openPartReader } from './part-stream.ts'

function part(head: object, payload: readonly number[]): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(head))
  const bytes = new Uint8Array(8 + text.length + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, text.length, true)
  view.setUint32(4, payload.length, true)
  bytes.set(text, 8)
  bytes.set(payload, 8 + text.length)
  return bytes
}

const STREAM = Uint8Array.from([
  ...part({ kind: 'a' }, [1, 2, 3]),
  ...part({ kind: 'ö' }, []),
  ...part({ kind: 'end' }, [9]),
])

it.each([1, 3, 8, 1000])('reads parts that arrive in pieces of %d bytes', (size) => {
  const found: unknown[] = []
  const reader = openPartReader((head, payload) => found.push([head, [...payload]]))
  for (let at = 0; at < STREAM.length; at += size) reader.push(STREAM.subarray(at, at + size))
  expect(found).toEqual([
    [{ kind: 'a' }, [1, 2, 3]],
    [{ kind: 'ö' }, []],
    [{ kind: 'end' }, [9]],
  ])
  expect(reader.isComplete()).toBe(true)
})

it('knows that a stream broke off', () => {
  const reader = openPartReader(() => undefined)
  reader.push(STREAM.subarray(0, 10))
  expect(reader.isComplete()).toBe(false)
})
