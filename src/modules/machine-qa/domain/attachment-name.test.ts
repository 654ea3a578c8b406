import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toDay } from '../../../core/calendar.ts'
import {
  attachmentPath,
  isInlineImage,
  safeFileName,
  storedName,
  temporaryAttachmentPath,
} from './attachment-name.ts'
import { slugify, uniqueSlug } from './slug.ts'

const DAY = toDay('2019-07-25')

describe('storedName', () => {
  it.each([
    ['report.pdf', 'report_2019-07-25_a1b2c3.pdf'],
    ['My Report (final).PDF', 'my-report-final_2019-07-25_a1b2c3.PDF'],
    ['no extension', 'no-extension_2019-07-25_a1b2c3'],
    ['Äther Übung.tar.gz', 'ather-ubungtar_2019-07-25_a1b2c3.gz'],
    ['../../etc/passwd', 'passwd_2019-07-25_a1b2c3'],
    ['a.b/../../x.t/t', 't_2019-07-25_a1b2c3'],
    ['C:\\tmp\\x.txt', 'x_2019-07-25_a1b2c3.txt'],
    ['日本', '_2019-07-25_a1b2c3'],
    ['', '_2019-07-25_a1b2c3'],
  ])('of %j is %s', (name, stored) => {
    expect(storedName(name, DAY, 'a1b2c3')).toBe(stored)
  })

  it('is one plain, short path segment for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(storedName(name, DAY, 'a1b2c3')).toMatch(
          /^[a-z0-9_-]{0,120}_2019-07-25_a1b2c3(\.[A-Za-z0-9]{1,16})?$/,
        )
      }),
    )
  })

  it('stands in the folder of its owner', () => {
    expect(attachmentPath('testlistinstance', 12, 'a_2019-07-25_a1b2c3.pdf')).toBe(
      'uploads/testlistinstance/12/a_2019-07-25_a1b2c3.pdf',
    )
    expect(temporaryAttachmentPath('a')).toBe('uploads/tmp/a')
  })
})

describe('safeFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['C:\\temp\\My Report.pdf', 'My Report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a"b<c>\r\n.txt', 'abc.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['name.', 'name'],
    ['gnp\u202efdp.exe', 'gnpfdp.exe'],
    ['日本.png', '日本.png'],
  ])('of %j is %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('never leads anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[/\\\p{Cc}]|^\.+$/u)
        expect(safe.length).toBeGreaterThan(0)
        expect([...safe].length).toBeLessThan(240)
      }),
    )
  })
})

it.each([
  ['x.PNG', true],
  ['x.svg', true],
  ['x.pdf', false],
  ['png', false],
])('knows whether %s is shown as a picture', (name, expected) => {
  expect(isInlineImage(name)).toBe(expected)
})

describe('slugs', () => {
  it.each([
    ['Monthly Output', 'monthly-output'],
    ['  Über -- Größe_1 ', 'uber-groe_1'],
    ['a & b', 'a-b'],
    ['---', ''],
  ])('of %j are %j', (text, slug) => {
    expect(slugify(text)).toBe(slug)
  })

  it('take the first free number', () => {
    expect(uniqueSlug('a', new Set())).toBe('a')
    expect(uniqueSlug('a', new Set(['a', 'a-1', 'a-3']))).toBe('a-2')
  })
})
