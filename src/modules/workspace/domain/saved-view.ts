/** A list with its filters, order and columns under a name. */
export type SavedView = {
  readonly id: number
  readonly version: number
  /** id of the user who made it */
  readonly owner: number
  /** name of the list, such as `machine-qa.unit` */
  readonly list: string
  readonly name: string
  /** as in the address bar, without `?` */
  readonly query: string
  /** everybody who may see the list has it as a tab */
  readonly shared: boolean
  readonly position: number
}
