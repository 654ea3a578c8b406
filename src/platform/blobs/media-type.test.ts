import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayShowInline, sniffMediaType } from './media-type.ts'

describe('sniffMediaType', () => {
  it.each([
    ['PNG', Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'), 'image/png'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['GIF', Buffer.from('GIF89a'), 'image/gif'],
    ['WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
    ['a RIFF that is sound', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'application/octet-stream'],
    ['BMP', Buffer.from('BM\x10\0\0\0\0\0\0\0', 'latin1'), 'image/bmp'],
    ['text that starts with BM', Buffer.from('BMI 22.4 kg/m²'), 'text/plain'],
    ['TIFF', Buffer.from('II*\0'), 'image/tiff'],
    ['PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['DICOM', Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]), 'application/dicom'],
    ['ZIP', Buffer.from('PK\x03\x04'), 'application/zip'],
    ['an empty ZIP', Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`), 'application/zip'],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0]), 'application/gzip'],
    ['nothing', Buffer.alloc(0), 'text/plain'],
    ['UTF-8', Buffer.from('Größe;3 µGy\r\n'), 'text/plain'],
    ['UTF-8 cut within a character', Buffer.from('3 µ').subarray(0, 3), 'text/plain'],
    ['UTF-16', Buffer.from('\uFEFFabc', 'utf16le'), 'text/plain'],
    ['HTML', Buffer.from('<html><script>'), 'text/plain'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">'), 'text/plain'],
    ['Latin-1', Buffer.from('Gr\xf6\xdfe', 'latin1'), 'application/octet-stream'],
    ['text with a null', Buffer.from('a\0b'), 'application/octet-stream'],
  ])('recognises %s', (_what, bytes, expected) => {
    expect(sniffMediaType(bytes)).toBe(expected)
  })

  it('never fails and never calls anything inline-able that has script', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof sniffMediaType(bytes) === 'string'),
    )
    expect(['text/html', 'image/svg+xml', 'application/zip'].filter(mayShowInline)).toEqual([])
  })

  const samples = join(process.env.TOUCHSTONE_SHARED ?? '../shared', 'dicom')
  it.skipIf(!existsSync(samples))(
    `recognises the DICOM files that have a preamble (needs ${samples})`,
    () => {
      const types = readdirSync(samples)
        .filter((name) => name.startsWith('SC_') || name === 'CT_small.dcm')
        .map((name) => sniffMediaType(readFileSync(join(samples, name))))
      expect(types.length).toBeGreaterThan(4)
      expect(new Set(types)).toEqual(new Set(['application/dicom']))
    },
  )
})
