/**
 * The nonce with which style elements may be added under the content security policy. Vite writes a placeholder into
 * `index.html`; the server replaces it in every answer. The server of development allows inline styles.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

declare global {
  // Asked for by the library that keeps a page from scrolling below a dialog.
  var __webpack_nonce__: string | undefined
}

globalThis.__webpack_nonce__ = styleNonce() || undefined
