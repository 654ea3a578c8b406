import { describe, expect, it } from 'vitest'
import { textEncodingOf } from './character-sets.ts'
import { decodeText } from './decode-text.ts'

/** Text with `~` for the escape character, other bytes as their Latin-1 characters. */
function bytesOf(text: string): Buffer {
  return Buffer.from(text.replaceAll('~', '\x1b'), 'latin1')
}

const NAMES: readonly (readonly [title: string, terms: string, bytes: string, text: string])[] = [
  [
    'Japanese by escapes (PS3.5 H.3.1)',
    '\\ISO 2022 IR 87',
    'Yamada^Tarou=~$B;3ED~(B^~$BB@O:~(B=~$B$d$^$@~(B^~$B$?$m$&~(B',
    'Yamada^Tarou=山田^太郎=やまだ^たろう',
  ],
  [
    'Japanese with half-width katakana (PS3.5 H.3.2)',
    'ISO 2022 IR 13\\ISO 2022 IR 87',
    '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=~$B;3ED~(J^~$BB@O:~(J=~$B$d$^$@~(J^~$B$?$m$&~(J',
    'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
  ],
  ['the supplementary kanji', '\\ISO 2022 IR 87\\ISO 2022 IR 159', '~$(D0!~(B', '丂'],
  [
    'Korean (PS3.5 I.2)',
    '\\ISO 2022 IR 149',
    'Hong^Gildong=~$)C\xfb\xf3^~$)C\xd1\xce\xd4\xd7=~$)C\xc8\xab^~$)C\xb1\xe6\xb5\xbf',
    'Hong^Gildong=洪^吉洞=홍^길동',
  ],
  ['Korean whose writer forgot the escape', '\\ISO 2022 IR 149', '\xb1\xe8\xc8\xf1\xc1\xdf', '김희중'],
  [
    'Chinese by GB 2312',
    '\\ISO 2022 IR 58',
    'Zhang^XiaoDong=~$)A\xd5\xc5^~$)A\xd0\xa1\xb6\xab=',
    'Zhang^XiaoDong=张^小东=',
  ],
  [
    'Chinese by GB18030 (PS3.5 J.2)',
    'GB18030',
    'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab=',
    'Wang^XiaoDong=王^小东=',
  ],
  ['Latin-1', 'ISO_IR 100', 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
  ['Greek', 'ISO_IR 126', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2', 'Διονυσιος'],
  ['Cyrillic', 'ISO_IR 144', '\xbb\xee\xda\x63\xd5\xdc\xd1\x79\xe0\xd3', 'Люкcембyрг'],
  ['Arabic', 'ISO_IR 127', '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1', 'قباني^لنزار'],
  ['Hebrew', 'ISO_IR 138', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4', 'שרון^דבורה'],
  ['Thai', 'ISO_IR 166', '\xb9\xd2\xc1', 'นาม'],
  ['Turkish', 'ISO_IR 148', '\xddz\xe7i', 'İzçi'],
  [
    'three alphabets in one name',
    'ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126',
    'J\xe9r^~-F\xc4\xe9\xef^~-L\xbb\xee',
    'Jér^Διο^Лю',
  ],
  ['a set that ends at the caret', 'ISO 2022 IR 100\\ISO 2022 IR 126', '~-F\xc4^\xc4', 'Δ^Ä'],
  ['a misspelt defined term', 'ISO-8859-1', '\xe9', 'é'],
  ['ISO_IR 149 written for ISO 2022 IR 149', 'ISO_IR 149', '~$)C\xc8\xab', '홍'],
]

describe('decodeText', () => {
  it.each(NAMES)('reads %s', (_, terms, bytes, text) => {
    expect(decodeText(bytesOf(bytes), textEncodingOf(terms.split('\\')), 'person-name')).toBe(text)
  })

  it('reads UTF-8', () => {
    const encoding = textEncodingOf(['ISO_IR 192'])
    expect(decodeText(Buffer.from('Wang^XiaoDong=王^小東'), encoding, 'person-name')).toBe(
      'Wang^XiaoDong=王^小東',
    )
  })

  it('takes undeclared bytes for UTF-8 if they are, else for Latin-1', () => {
    const encoding = textEncodingOf([''])
    expect(decodeText(Buffer.from('é'), encoding, 'multiple')).toBe('é')
    expect(decodeText(bytesOf('\xe9'), encoding, 'multiple')).toBe('é')
  })

  it('does not take the second byte of a kanji for a backslash', () => {
    // 表 is 0x49 0x3D in JIS X 0208 and 0x95 0x5C in GBK for 昞's neighbour: both hold delimiters.
    expect(decodeText(bytesOf('~$BI=~(B\\B'), textEncodingOf(['', 'ISO 2022 IR 87']), 'person-name')).toBe(
      '表\\B',
    )
    const gbk = decodeText(Buffer.from([0x81, 0x5c, 0x5c, 0x41]), textEncodingOf(['GB18030']), 'multiple')
    expect(gbk.split('\\')).toHaveLength(2)
  })

  it('keeps what no set explains', () => {
    expect(decodeText(bytesOf('a~zb'), textEncodingOf(['ISO 2022 IR 100']), 'single')).toBe('a\x1bzb')
  })
})
