/**
 * A JSON value as YAML 1.2 in block style. Texts are written as JSON strings, which YAML reads alike, unless they are
 * plain words.
 */
export function renderYaml(value: unknown): string {
  return `${block(value, '')}\n`
}

const PLAIN = /^[A-Za-z][\w]*$/
/** Words that YAML or its older versions take for something else than text. */
const RESERVED = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])

function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return value.map((item) => `${indent}- ${block(item, `${indent}  `).trimStart()}`).join('\n')
  }
  if (typeof value !== 'object' || value === null) return scalar(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  if (members.length === 0) return '{}'
  return members.map(([name, member]) => `${indent}${scalar(name)}:${behindColon(member, indent)}`).join('\n')
}

function behindColon(member: unknown, indent: string): string {
  const text = block(member, `${indent}  `)
  return typeof member === 'object' && member !== null && !['[]', '{}'].includes(text)
    ? `\n${text}`
    : ` ${text}`
}

function scalar(value: unknown): string {
  const isPlain = typeof value === 'string' && PLAIN.test(value) && !RESERVED.has(value.toLowerCase())
  return isPlain ? value : (JSON.stringify(value) ?? 'null')
}
