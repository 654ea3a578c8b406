/**
 * The address that routes are registered under: `@@` may come encoded, and our own API answers with and without the
 * slash at the end. Foreign APIs register both spellings, since there they may differ.
 */
export function canonicalUrl(url: string): string {
  const plain = url.includes('%40%40') ? url.replace(/^((?:\/[^/?]*)*?\/)%40%40/, '$1@@') : url
  if (!plain.startsWith('/api/v1/') && !plain.startsWith('/compat/native/')) return plain
  return plain.replace(/^((?:\/compat\/native)?\/api\/v1\/[^?]*[^/?])\/(?=\?|$)/, '$1')
}
