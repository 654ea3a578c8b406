import { parseXml, type XmlElement } from './parse-xml.ts'
import { SourceFailure } from './source-reader.ts'

/** An element with what is in it. */
export type XmlNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
  readonly text: string
}
type OpenNode = {
  name: string
  attributes: Readonly<Record<string, string>>
  children: OpenNode[]
  text: string
}

/** Names of what may be the outermost element; any unless given. */
export type ExpectedRoot = readonly string[]

/**
 * Reads a file and hands on each element with one of the names, whole, when it ends; the rest of the file is not kept.
 *
 * @returns the outermost element
 * @throws SourceFailure `parse`, also for an outermost element that is not expected
 */
export async function readRecords(
  content: Buffer,
  names: readonly string[],
  onRecord: (record: XmlNode, path: readonly XmlElement[]) => void,
  expected: ExpectedRoot = [],
): Promise<XmlElement> {
  const open: OpenNode[] = []
  let root: XmlElement | undefined
  await parseXml(content, {
    open: (element) => {
      root ??= checkedRoot(element, expected)
      if (open.length === 0 && !names.includes(element.name)) return
      const node = { name: element.name, attributes: element.attributes, children: [], text: '' }
      open.at(-1)?.children.push(node)
      open.push(node)
    },
    close: (element) => {
      const node = open.pop()
      if (node && open.length === 0) onRecord(node, element.path)
    },
    text: (text) => {
      const node = open.at(-1)
      if (node) node.text += text
    },
  })
  if (!root) throw new SourceFailure('parse', 'The file is empty.')
  return root
}

function checkedRoot(element: XmlElement, expected: ExpectedRoot): XmlElement {
  if (expected.length > 0 && !expected.includes(element.name))
    throw new SourceFailure(
      'parse',
      `Expected the XML element "${expected.join('" or "')}" and found "${element.name.slice(0, 100)}".`,
    )
  return element
}

/** The text of a child, empty where there is none. */
export function childText(node: XmlNode, name: string): string {
  return node.children.find((child) => child.name === name)?.text.trim() ?? ''
}

/** Children at the end of a path, such as `vulnerabilities`, `vulnerability`. */
export function childrenAt(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  return path.reduce<readonly XmlNode[]>(
    (nodes, name) => nodes.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [node],
  )
}

/** All elements of a name below another, at any depth. */
export function descendants(node: XmlNode, name: string): readonly XmlNode[] {
  return node.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...descendants(child, name),
  ])
}
