import { isStorableValue, type WireValue } from './parameters.ts'

/** Deeper structures than anybody writes. */
const MAX_DEPTH = 60

/**
 * Reads a literal as JSON or Python writes it: single or double quotes, `True`, `False`, `None`, tuples, commas at the end.
 * Nothing is ever evaluated.
 *
 * @returns undefined for anything that is no literal
 */
export function parseLiteral(text: string): { readonly value: WireValue } | undefined {
  const reader = new LiteralReader(text)
  const value = reader.value(0)
  return value !== undefined && reader.atEnd() && isStorableValue(value) ? { value } : undefined
}

const NAMES: Readonly<Record<string, WireValue>> = {
  True: true,
  False: false,
  None: null,
  true: true,
  false: false,
  null: null,
}
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' }

class LiteralReader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  atEnd(): boolean {
    this.skip()
    return this.at === this.text.length
  }

  value(depth: number): WireValue | undefined {
    if (depth > MAX_DEPTH) return undefined
    this.skip()
    const next = this.text[this.at]
    switch (next) {
      case '{':
        return this.object(depth)
      case '[':
        return this.list(']', depth)
      case '(':
        return this.list(')', depth)
      case '"':
      case "'":
        return this.string(next)
      default:
        return this.word()
    }
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at += 1
  }

  private take(character: string): boolean {
    this.skip()
    if (this.text[this.at] !== character) return false
    this.at += 1
    return true
  }

  private word(): WireValue | undefined {
    // the prefix of a string, as Python 2 wrote them
    const prefixed = /^[urbURB]{1,2}(?=['"])/.exec(this.text.slice(this.at, this.at + 3))
    if (prefixed) {
      this.at += prefixed[0].length
      return this.string(this.text[this.at] ?? "'")
    }
    const match = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?L?|^[A-Za-z]+/.exec(
      this.text.slice(this.at, this.at + 400),
    )
    if (!match) return undefined
    this.at += match[0].length
    if (Object.hasOwn(NAMES, match[0])) return NAMES[match[0]]
    const number = Number(match[0].replace(/L$/, ''))
    return Number.isFinite(number) ? number : undefined
  }

  private string(quote: string): string | undefined {
    this.at += 1
    let result = ''
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? ''
      this.at += 1
      if (character === quote) return result
      if (character === '\n') return undefined
      result += character === '\\' ? this.escape() : character
    }
    return undefined
  }

  private escape(): string {
    const letter = this.text[this.at] ?? ''
    this.at += 1
    const digits = letter === 'u' ? 4 : letter === 'x' ? 2 : 0
    const code = this.text.slice(this.at, this.at + digits)
    if (digits > 0 && /^[0-9a-fA-F]+$/.test(code) && code.length === digits) {
      this.at += digits
      return String.fromCharCode(Number.parseInt(code, 16))
    }
    return (Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined) ?? letter
  }

  private list(end: string, depth: number): readonly WireValue[] | undefined {
    this.at += 1
    const items: WireValue[] = []
    while (!this.take(end)) {
      const item = this.value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
      if (!this.take(',')) return this.take(end) ? items : undefined
    }
    return items
  }

  private object(depth: number): WireValue | undefined {
    this.at += 1
    const entries: [string, WireValue][] = []
    while (!this.take('}')) {
      const key = this.value(depth + 1)
      if (key === undefined || (typeof key === 'object' && key !== null) || !this.take(':')) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      entries.push([String(key), value])
      if (!this.take(',') && this.text[this.at] !== '}') return undefined
      this.skip()
    }
    return Object.fromEntries(entries)
  }
}
