/** JSON whose objects keep the order of their keys, also of keys that look like numbers. */
export type OrderedJson =
  | string
  | number
  | boolean
  | null
  | readonly OrderedJson[]
  | ReadonlyMap<string, OrderedJson>

const DEEPEST = 60

/**
 * Reads JSON with objects as maps.
 *
 * @throws SyntaxError for what is no JSON, and for what is nested deeper than sixty levels
 */
export function parseOrderedJson(text: string): OrderedJson {
  // the platform's parser says what is wrong, and is quick to refuse
  JSON.parse(text)
  return new Reader(text).document()
}

/** Reads text that is known to be JSON. */
class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): OrderedJson {
    return this.#value(0)
  }

  #value(depth: number): OrderedJson {
    if (depth > DEEPEST) throw new SyntaxError('JSON is nested too deeply')
    this.#skipBlanks()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth)
      case '[':
        return this.#array(depth)
      case '"':
        return this.#string()
      default:
        return this.#literal()
    }
  }

  #object(depth: number): ReadonlyMap<string, OrderedJson> {
    const entries = new Map<string, OrderedJson>()
    this.#at += 1
    while (this.#next() !== '}') {
      if (this.#text[this.#at] === ',') this.#at += 1
      this.#skipBlanks()
      const key = this.#string()
      this.#skipBlanks()
      this.#at += 1
      entries.set(key, this.#value(depth + 1))
    }
    this.#at += 1
    return entries
  }

  #array(depth: number): readonly OrderedJson[] {
    const items: OrderedJson[] = []
    this.#at += 1
    while (this.#next() !== ']') {
      if (this.#text[this.#at] === ',') this.#at += 1
      items.push(this.#value(depth + 1))
    }
    this.#at += 1
    return items
  }

  #string(): string {
    let end = this.#at + 1
    while (this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1
    const text = this.#text.slice(this.#at, end + 1)
    this.#at = end + 1
    return JSON.parse(text)
  }

  #literal(): string | number | boolean | null {
    const start = this.#at
    while (/[^\s,\]}]/.test(this.#text[this.#at] ?? ' ')) this.#at += 1
    return JSON.parse(this.#text.slice(start, this.#at))
  }

  #next(): string | undefined {
    this.#skipBlanks()
    return this.#text[this.#at]
  }

  #skipBlanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? 'x')) this.#at += 1
  }
}

export function isOrderedObject(value: OrderedJson | undefined): value is ReadonlyMap<string, OrderedJson> {
  return value instanceof Map
}

/** The same with plain objects, where the order of keys says nothing. */
export function toPlainJson(value: OrderedJson): unknown {
  if (isOrderedObject(value))
    return Object.fromEntries([...value].map(([key, each]) => [key, toPlainJson(each)]))
  return Array.isArray(value) ? value.map(toPlainJson) : value
}
