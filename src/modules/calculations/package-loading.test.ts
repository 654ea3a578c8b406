import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CalculationEngine, createCalculationEngine } from './engine.ts'
import { makeRequest, outcomeOf } from './make-request.ts'

/** An archive of stored files, as a wheel is one. */
function makeArchive(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path)
    const content = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(content.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const position = Buffer.alloc(14)
    position.writeUInt32LE(offset, 10)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, content])
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, position, name]))
    bodies.push(body)
    offset += body.length
  }
  const list = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06'), end])
}

let engine: CalculationEngine

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'python-packages-'))
  const info = 'tiny_tool-1.2.dist-info'
  const wheel = makeArchive({
    'tiny_tool/__init__.py': 'factor = 2\ndef double(x): return x * factor\n',
    'tiny_tool/deep/__init__.py': '',
    'tiny_tool/deep/part.py': 'answer = 42\n',
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: tiny_tool\nVersion: 1.2\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: '',
  })
  await writeFile(join(folder, 'tiny_tool-1.2-py3-none-any.whl'), wheel)
  engine = createCalculationEngine({ timeZone: 'UTC', packagesFolder: folder, processes: 1 })
})
afterAll(() => engine.close())

describe('wheels in the packages folder', { timeout: 120_000 }, () => {
  it('are loaded for the snippets that name them, and recorded', async () => {
    const answer = await engine.evaluate(
      makeRequest({ a: 'import tiny_tool\na = tiny_tool.double(x)' }, { x: 4 }),
    )
    expect(outcomeOf(answer, 'a')).toBe(8)
    expect(answer.versions.packages).toEqual({ tiny_tool: '1.2' })
  })

  it('are as they were for the next snippet', async () => {
    const answer = await engine.evaluate(
      makeRequest({
        a: 'import tiny_tool\ntiny_tool.factor = 3\na = tiny_tool.double(1)',
        b: 'import tiny_tool\nb = tiny_tool.double(1)',
      }),
    )
    expect([outcomeOf(answer, 'a'), outcomeOf(answer, 'b')]).toEqual([3, 2])
  })

  it('bring their inner modules', async () => {
    const source = 'from tiny_tool.deep.part import answer\nimport tiny_tool.deep.nothing'
    const answer = await engine.evaluate(
      makeRequest({ a: 'import tiny_tool.deep.part\na = tiny_tool.deep.part.answer', b: source }),
    )
    expect(outcomeOf(answer, 'a')).toBe(42)
    expect(outcomeOf(answer, 'b')).toBe(
      `Invalid Test Procedure: b", line 2, in b\nModuleNotFoundError: No module named 'tiny_tool.deep.nothing'\n`,
    )
  })
})
