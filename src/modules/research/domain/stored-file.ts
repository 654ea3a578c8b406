/** A file that lies on this machine until it is known whether it is wanted. */
export type SpooledFile = {
  /** as the sender called it */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** A file whose content is durable, so that a row may name it. */
export type StoredFile = {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly mediaType: string
}
