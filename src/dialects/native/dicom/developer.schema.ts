/** What the developer pages exchange with the server: plain JSON, instants as ISO-8601 text. */

export type WireDeveloperProfile = {
  readonly purpose: string | null
  readonly organization: string | null
}

/** `GET` and `PUT /api/v1/dicom/developer` */
export type WireDeveloper = {
  /** null until there is one */
  readonly profile: WireDeveloperProfile | null
  readonly purposes: readonly { readonly value: string; readonly label: string }[]
}

export type WireApiKey = {
  /** counted per developer from 1 */
  readonly number: number
  readonly name: string
  readonly prefix: string
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

/** `POST /api/v1/dicom/developer/keys`: the only answer that holds the key */
export type WireNewApiKey = Omit<WireApiKey, 'lastUsedAt' | 'revokedAt'> & { readonly key: string }

export type WireQuota = { readonly used: number; readonly quota: number }

/** `GET /api/v1/dicom/developer/usage` */
export type WireUsage = {
  readonly month: string
  readonly isCurrent: boolean
  readonly days: readonly { readonly day: string; readonly read: number; readonly generate: number }[]
  readonly totals: { readonly read: WireQuota; readonly generate: WireQuota }
  readonly resetsAt: string
}
