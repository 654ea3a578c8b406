/** A decoder or encoder broke off: the frame is at fault, and the module's memory may be damaged too. */
export class CodecFailure extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'CodecFailure'
  }
}
