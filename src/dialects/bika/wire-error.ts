/** A failure in the documented words; `status` is what the real code would be where a site asks for those. */
export class WireError extends Error {
  readonly status: number
  /** answered with this status also where failures normally come as 200 */
  readonly always: boolean

  constructor(message: string, status = 400, always = false) {
    super(message)
    this.name = 'WireError'
    this.status = status
    this.always = always
  }
}
