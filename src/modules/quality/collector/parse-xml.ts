import { setImmediate } from 'node:timers/promises'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { SourceFailure } from './source-reader.ts'

/** An element that begins: its name without prefix, its attributes, and the names of those around it. */
export type XmlElement = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly path: readonly XmlElement[]
}

export type XmlEvents = {
  readonly open?: (element: XmlElement) => void
  readonly close?: (element: XmlElement) => void
  /** text directly inside an element */
  readonly text?: (text: string, inside: XmlElement | undefined) => void
}

const DEEPEST = 1000
/** Characters that are read without a pause. */
const CHUNK = 2 ** 17

/**
 * Reads XML as a stream of events, in memory that does not grow with it. Declared entities are not expanded and nothing
 * is fetched.
 *
 * @throws SourceFailure `parse`
 */
export async function parseXml(content: Buffer, events: XmlEvents): Promise<void> {
  const parser = new SaxesParser({ xmlns: false })
  const path: XmlElement[] = []
  parser.on('error', (error) => {
    throw new SourceFailure('parse', 'The file is not well-formed XML.', { cause: error })
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    if (path.length > DEEPEST) throw new SourceFailure('parse', 'The file is nested too deeply.')
    const element: XmlElement = { name: localName(tag.name), attributes: tag.attributes, path: [...path] }
    path.push(element)
    events.open?.(element)
  })
  parser.on('closetag', () => {
    const element = path.pop()
    if (element) events.close?.(element)
  })
  if (events.text) {
    parser.on('text', (text) => events.text?.(text, path.at(-1)))
    parser.on('cdata', (text) => events.text?.(text, path.at(-1)))
  }
  const text = decode(content)
  for (let start = 0; start < text.length; start += CHUNK) {
    parser.write(text.slice(start, start + CHUNK))
    // others have their turn between the parts of a large file
    if (text.length > CHUNK) await setImmediate()
  }
  parser.close()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** In the encoding that the file declares, UTF-8 where it declares none. */
function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content)
  const declared = /^[^<]{0,3}<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(
    content.toString('latin1', 0, 200),
  )?.[1]
  try {
    return new TextDecoder(declared ?? 'utf-8').decode(content)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SourceFailure('parse', `The file has an encoding that is not known: ${declared}`, {
      cause: error,
    })
  }
}
