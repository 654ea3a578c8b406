/** A failure that is answered with a page, as the framework of the documented system does it. */
export class PageFailure extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.name = 'PageFailure'
    this.status = status
  }
}
