import { decodeContent, NOT_BASE64 } from '../../../modules/machine-qa/domain/uploaded-content.ts'
import type { SubmittedFile } from '../../../modules/machine-qa/performing/submission.ts'
import { characterProblems, type ParseField, problem } from '../wire/field-values.ts'
import { pythonType } from '../wire/python-words.ts'

const MISSHAPEN =
  '`attachments` field must be list of form ' +
  '[{"filename": "file_name.txt", "value": "<base64 encoded bytes|text>", "encoding": "<base64|text>], ...]'

/** Reads the files that go with a session; the first that is wrong is named. */
export const parseAttachments: ParseField<readonly SubmittedFile[]> = (given, text) => {
  if (!Array.isArray(given)) {
    return problem(`Expected a list of items but got type "${pythonType(given, text)}".`)
  }
  const files: SubmittedFile[] = []
  for (const item of given) {
    const read = readFile(item)
    if (typeof read === 'string') return problem(read)
    files.push(read)
  }
  return { value: files }
}

/** A file, or what is wrong with it. */
function readFile(item: unknown): SubmittedFile | string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return MISSHAPEN
  const { filename, value, encoding } = item as Readonly<Record<string, unknown>>
  if (typeof filename !== 'string' || typeof value !== 'string') return MISSHAPEN
  const [unstorable] = characterProblems(filename)
  if (unstorable !== undefined) return unstorable
  // every word but `base64`, the default, means text
  const content = decodeContent(value, encoding === undefined || encoding === 'base64' ? 'base64' : 'text')
  return content ? { filename, content } : NOT_BASE64
}
