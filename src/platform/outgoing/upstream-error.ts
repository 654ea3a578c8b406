import { RefusedError } from '../../core/refusal.ts'

/** What people can do something about, by the code of the system or of TLS. */
const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'This host name does not exist.',
  EAI_AGAIN: 'The name server does not answer.',
  ECONNREFUSED: 'Nobody answers at this port.',
  ECONNRESET: 'The connection was cut.',
  ERR_STREAM_PREMATURE_CLOSE: 'The connection was cut.',
  EHOSTUNREACH: 'This host cannot be reached.',
  ENETUNREACH: 'The network of this host cannot be reached.',
  ETIMEDOUT: 'No connection within the time allowed.',
  EPROTO: 'This port does not speak TLS.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'This port does not speak TLS.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Its certificate is self-signed.',
  SELF_SIGNED_CERT_IN_CHAIN: 'Its certificate was issued by an unknown authority.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'Its certificate was issued by an unknown authority.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'Its certificate was issued by an unknown authority.',
  CERT_HAS_EXPIRED: 'Its certificate has expired.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Its certificate is for another host.',
  HPE_HEADER_OVERFLOW: 'Its answer has too many headers.',
  ERR_INVALID_CHAR: 'A header contains characters that cannot be sent.',
}

export function upstreamFailed(source: string, reason: string): RefusedError {
  return new RefusedError({ kind: 'upstream-failed', source, reason })
}

/** A failure of the network or of the other side as a refusal; a defect of ours is returned as it is. */
export function asUpstreamFailure(source: string, error: unknown): unknown {
  if (error instanceof RefusedError || !(error instanceof Error)) return error
  const code = codeOf(error)
  if (code === undefined) return error
  return upstreamFailed(source, reasonOf(code) ?? `The request failed (${code}).`)
}

function reasonOf(code: string): string | undefined {
  if (Object.hasOwn(REASONS, code)) return REASONS[code]
  if (code.startsWith('HPE_')) return 'Its answer is not HTTP.'
  const compressed =
    code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code === 'ERR_BROTLI_INVALID'
  return compressed ? 'Its compressed answer is damaged.' : undefined
}

function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code
  const first = error instanceof AggregateError ? error.errors[0] : error.cause
  return first instanceof Error ? codeOf(first) : undefined
}
