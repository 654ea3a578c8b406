/** Names of the label sheets and rolls that there are. */
export type WireLabelSheets = { readonly items: readonly string[] }
