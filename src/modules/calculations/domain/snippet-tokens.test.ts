import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentifiers } from './snippet-tokens.ts'

const CASES: readonly [string, string, readonly string[]][] = [
  ['names and numbers', 'result = a + b2 * 1e5 + 0x1F + 1_000j + .5', ['result', 'a', 'b2']],
  ['not after a dot', 'x.y + math.sqrt(z)', ['x', 'math', 'z']],
  ['not after a dot with blanks and a line continuation', 'x . \\\n  y + z', ['x', 'z']],
  ['after an ellipsis', 'x = ...\ny', ['x', 'y']],
  ['not in comments', 'a # b\nc', ['a', 'c']],
  ['not in text', `a = "b" + 'c' + r"d\\\\" + b'e' + "f\\"g"`, ['a']],
  ['not in long text', 'a = """b "c" \n d""" + e', ['a', 'e']],
  ['text that is not closed ends with its line', 'a = "b\nc', ['a', 'c']],
  ['prefix letters alone are names', 'f + rb + u', ['f', 'rb', 'u']],
  ['in the braces of an f-string', 'f"text {a} more {b.c!r:>{width}.2f} {{d}}"', ['a', 'b', 'width']],
  ['in nested f-strings', `f"{f'{a} x'} y" + z`, ['a', 'z']],
  ['in f-strings with the same quotes inside', 'f"{x["key"]} y {z}"', ['x', 'z']],
  [
    'dictionaries and slices in braces',
    'f"{ {k: v for k in w}[k] } {s[1:n]}"',
    ['k', 'v', 'for', 'in', 'w', 's', 'n'],
  ],
  ['comparison in braces is not a conversion', 'f"{a!=b}"', ['a', 'b']],
  ['named characters are text', 'f"\\N{DEGREE SIGN} {a}"', ['a']],
  ['long f-strings', 'f"""{a}\n "quoted" {b}"""\nc', ['a', 'b', 'c']],
  ['raw f-strings', 'rf"\\{a}" + Rb"x"', ['a']],
  ['letters of other scripts', 'größe = µ', ['größe', 'µ']],
  ['nothing', '', []],
]

describe('identifiers of a snippet', () => {
  it.each(CASES)('%s', (_, source, expected) => {
    expect([...findIdentifiers(source)].sort()).toEqual([...expected].sort())
  })

  it('reads any text to its end', () => {
    const pieces = fc.constantFrom(
      'f"',
      "f'",
      '"""',
      '{',
      '}',
      '{{',
      '\\',
      '\n',
      ':',
      '!r',
      'a',
      '.',
      '#',
      "'",
      '(',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 60 }), (parts) => {
        expect(findIdentifiers(parts.join(''))).toBeInstanceOf(Set)
      }),
    )
  })

  it('reads deeply nested fields without exhausting the stack', () => {
    expect(findIdentifiers(`${'f"{'.repeat(50_000)}a`).has('a')).toBe(true)
  })
})
