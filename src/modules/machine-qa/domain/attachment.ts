/** What an attachment belongs to; a temporary one waits for the session that it was uploaded for. */
export type AttachmentOwner =
  | {
      readonly kind:
        | 'test'
        | 'testList'
        | 'testListCycle'
        | 'session'
        | 'result'
        | 'unit'
        | 'serviceEvent'
        | 'part'
        | 'fault'
      readonly id: number
    }
  | { readonly kind: 'temporary' }

/** A file of machine QA. Its content stands in the blob store under `sha256`. */
export type Attachment = {
  readonly id: number
  /** address below `/media/` */
  readonly path: string
  /** the name it was uploaded with */
  readonly label: string
  readonly comment: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly sha256: string
  readonly owner: AttachmentOwner
  readonly createdAt: Date
  readonly createdById: number | null
}

export type NewAttachment = Omit<Attachment, 'id'>
