/** What an `Authorization` header says, before anything is looked up. */
export type PresentedCredential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bearer'; readonly jwt: string }
  | { readonly kind: 'api-key'; readonly key: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** none, or a scheme that nobody here knows */
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed'; readonly problem: HeaderProblem }

export type HeaderProblem =
  | 'token-empty'
  | 'token-with-spaces'
  | 'token-with-invalid-characters'
  | 'bearer-malformed'
  | 'api-key-invalid'
  | 'basic-malformed'

/** 8 characters, a dot, 32 characters: the prefix by which a key is found, and its secret. */
export const API_KEY_PATTERN = /^([A-Za-z0-9]{8})\.([A-Za-z0-9]{32})$/

/**
 * Reads an `Authorization` header as Node gives it: each character is one byte. Scheme words are recognised in any
 * case; an API key also without one.
 */
export function parseAuthorization(header: string | undefined): PresentedCredential {
  const [scheme = '', ...rest] = (header ?? '').split(/[ \t\n\r\f\v]+/).filter((word) => word !== '')
  switch (scheme.toLowerCase()) {
    case 'token':
      return parseToken(rest)
    case 'bearer': {
      const [jwt] = rest
      return jwt === undefined || rest.length > 1 ? malformed('bearer-malformed') : { kind: 'bearer', jwt }
    }
    case 'apikey': {
      const key = rest.join(' ')
      return API_KEY_PATTERN.test(key) ? { kind: 'api-key', key } : malformed('api-key-invalid')
    }
    case 'basic':
      return parseBasic(rest)
    default:
      return rest.length === 0 && API_KEY_PATTERN.test(scheme)
        ? { kind: 'api-key', key: scheme }
        : { kind: 'none' }
  }
}

function parseToken(rest: readonly string[]): PresentedCredential {
  const [token] = rest
  if (token === undefined) return malformed('token-empty')
  if (rest.length > 1) return malformed('token-with-spaces')
  const text = decodeUtf8(Buffer.from(token, 'latin1'))
  return text === undefined ? malformed('token-with-invalid-characters') : { kind: 'token', token: text }
}

/** RFC 7617: base64 of `name:password`; UTF-8, or Latin-1 from clients that know nothing else. */
function parseBasic(rest: readonly string[]): PresentedCredential {
  const [encoded = ''] = rest
  if (rest.length !== 1 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return malformed('basic-malformed')
  const bytes = Buffer.from(encoded, 'base64')
  const text = decodeUtf8(bytes) ?? bytes.toString('latin1')
  const colon = text.indexOf(':')
  if (colon < 0) return malformed('basic-malformed')
  return { kind: 'basic', username: text.slice(0, colon), password: text.slice(colon + 1) }
}

function decodeUtf8(bytes: Buffer): string | undefined {
  // a strict decoder throws TypeError, which would have to be caught to say the same
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined
}

function malformed(problem: HeaderProblem): PresentedCredential {
  return { kind: 'malformed', problem }
}
