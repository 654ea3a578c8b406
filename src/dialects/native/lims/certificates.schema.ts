/** What the pages of certificates exchange with the server. */

/** An issued certificate of analysis, as a sample lists it. */
export type WireCertificate = {
  readonly documentId: number
  readonly number: string
  readonly revision: number
  /** as people write it, such as `COA-2026-0001 rev. 2` */
  readonly label: string
  readonly issuedAt: string
  /** why it replaced an earlier one */
  readonly reason: string | null
  readonly href: string
}

export type WireCertificateList = { readonly items: readonly WireCertificate[] }

/** What is to be issued, or previewed. */
export type WireCertificateOrder = {
  /** ids of requests of one client, in the order in which they are reported */
  readonly samples: readonly number[]
  /** the client's unless given */
  readonly language?: 'en' | 'de' | 'fr'
  readonly decimalMark?: '.' | ','
  /** contacts of the client who get it by mail */
  readonly contacts?: readonly number[]
  /** addresses besides */
  readonly emails?: readonly string[]
  /** asked for where a sample was reported before */
  readonly reason?: string
}
