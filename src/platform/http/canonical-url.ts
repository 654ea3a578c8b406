/**
 * The address that routes are registered under: `@@` may come encoded, and our own API answers with and without the
 * slash at the end. Foreign APIs register both spellings, since there they may differ.
 */
export function canonicalUrl(url: string): string {
  return url
    .replace(/^((?:\/[^/?]*)*?\/)%40%40/i, '$1@@')
    .replace(/^((?:\/compat\/native)?\/api\/v1\/[^?]*[^/?])\/(?=\?|$)/, '$1')
}
