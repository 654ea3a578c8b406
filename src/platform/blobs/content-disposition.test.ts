import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDisposition, safeFilename } from './content-disposition.ts'

describe('contentDisposition', () => {
  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    ['my report (1).pdf', 'attachment; filename="my report (1).pdf"'],
    [
      'Größe.txt',
      `attachment; filename="Groe.txt"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.txt`.replace('Groe', 'Gro_e'),
    ],
    ['€ rates.csv', `attachment; filename="_ rates.csv"; filename*=UTF-8''%E2%82%AC%20rates.csv`],
    ['50%.txt', `attachment; filename="50_.txt"; filename*=UTF-8''50%25.txt`],
    ["it's*.txt", `attachment; filename="it's_.txt"`],
    ['../../etc/passwd', 'attachment; filename="passwd"'],
    ['C:\\temp\\a.txt', 'attachment; filename="a.txt"'],
    ['a"; filename="evil.exe', 'attachment; filename="a_; filename=_evil.exe"'],
    ['x\r\nSet-Cookie: a=b', 'attachment; filename="xSet-Cookie_ a=b"'],
    ['\u202Efdp.exe', 'attachment; filename="fdp.exe"'],
    ['...', 'attachment; filename="download"'],
    ['', 'attachment; filename="download"'],
  ])('of %j', (filename, expected) => {
    expect(contentDisposition(filename)).toBe(expected)
  })

  it('can be inline', () => {
    expect(contentDisposition('a.png', 'inline')).toBe('inline; filename="a.png"')
  })

  it('keeps the extension of a very long name', () => {
    expect(safeFilename(`${'ä'.repeat(500)}.docx`)).toBe(`${'ä'.repeat(195)}.docx`)
  })

  it('is always one well-formed header of printable ASCII', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.string())
    fc.assert(
      fc.property(name, (filename) => {
        expect(contentDisposition(filename)).toMatch(
          /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]+"(; filename\*=UTF-8''[\w%.~!&$#^`+-]+)?$/,
        )
      }),
    )
  })
})
