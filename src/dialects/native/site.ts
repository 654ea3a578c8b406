/** What the web application shows about the site. */
export type SiteFacts = {
  readonly name: string
  readonly zone: string
  readonly demo: boolean
  readonly version: string
}
