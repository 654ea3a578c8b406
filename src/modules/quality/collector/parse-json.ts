import { SourceFailure } from './source-reader.ts'

/** Reads a file of JSON in UTF-8. @throws SourceFailure `parse` */
export function parseJson(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new SourceFailure('parse', 'The file is not JSON.', { cause: error })
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
