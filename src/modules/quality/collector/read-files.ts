import { textOf } from '../domain/report-tree.ts'
import { filesInZip, isZip } from './files-in-zip.ts'
import { type SourceDocument, SourceFailure, type SourceRequest } from './source-reader.ts'

export type SourceFiles = {
  readonly documents: readonly Pick<SourceDocument, 'content'>[]
  readonly addresses: { readonly apiUrl: string; readonly landingUrl: string }
}

/**
 * Fetches the file of a source, or the files in it when it is an archive.
 *
 * @param extensions of the files to take from an archive, such as `xml`
 * @throws SourceFailure
 */
export async function readFiles(request: SourceRequest, extensions: readonly string[]): Promise<SourceFiles> {
  const { parameters, fetch } = request
  const apiUrl = (textOf(parameters, 'url') ?? '').replace(/\/+$/, '')
  if (apiUrl === '') throw new SourceFailure('connection', 'No address is configured.')
  const document = await fetch(apiUrl, { headers: credentialsOf(request) })
  const landingUrl = textOf(parameters, 'landing_url') || apiUrl
  const documents = isZip(document, apiUrl) ? await filesInZip(document.content, extensions) : [document]
  return { documents, addresses: { apiUrl, landingUrl } }
}

/** A token is the user name of a log-in without a password; servers of files may want it in a header of its own. */
export function credentialsOf({ parameters }: SourceRequest): Readonly<Record<string, string>> {
  const [token, username, password] = ['private_token', 'username', 'password'].map(
    (key) => textOf(parameters, key) ?? '',
  )
  if (token) return { authorization: basic(token, ''), 'private-token': token }
  return username && password ? { authorization: basic(username, password) } : {}
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
